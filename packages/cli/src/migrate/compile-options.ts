import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { ts } from '../project/index.ts';

/** Options about output. Nothing is written, and an error about a file outside of `rootDir` can't be traced to a call. */
const OUTPUT = new Set(['rootDir', 'outDir', 'outFile', 'declarationDir', 'declarationMap', 'emitDeclarationOnly']);

/** The options that a project is compiled with: its own, without those about output. */
export function compileOptions(root: string, tsconfig: string | undefined): ts.CompilerOptions {
  const path = tsconfig === undefined ? findUpwards(root) : resolve(root, tsconfig);
  const fixed: ts.CompilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    declaration: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  if (path === undefined) {
    return {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      ...fixed,
    };
  }
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config as object), files: [], include: [] },
    ts.sys,
    dirname(path),
  );
  return { ...Object.fromEntries(Object.entries(options).filter(([name]) => !OUTPUT.has(name))), ...fixed };
}

function findUpwards(from: string): string | undefined {
  const path = resolve(from, 'tsconfig.json');
  if (existsSync(path)) return path;
  return dirname(from) === from ? undefined : findUpwards(dirname(from));
}
