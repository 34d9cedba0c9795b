import { dirname } from 'node:path';

import { ProjectError } from './project-error.ts';
import { ts } from './syntax.ts';

/** The options of a tsconfig that change what a name means. */
const NAMING = ['paths', 'baseUrl', 'pathsBasePath', 'jsx', 'experimentalDecorators'];

/**
 * The options of a tsconfig that change what a name means, including those that it extends. The others are about output and
 * strictness. A broken tsconfig is left out with a note; if the user named it, it is an error.
 */
export function namingOptions(path: string, notes: string[], isNamed = false): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (error !== undefined) {
    const message = `${path} is not a tsconfig: ${ts.flattenDiagnosticMessageText(error.messageText, ' ').replace(/\.$/, '')}`;
    if (isNamed) throw new ProjectError(message);
    notes.push(`${message}. It was left out.`);
    return {};
  }
  // An empty list of files: only the options are needed.
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config as object), files: [], include: [] },
    ts.sys,
    dirname(path),
  );
  return Object.fromEntries(NAMING.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
}
