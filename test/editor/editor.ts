import { join, resolve } from 'node:path';

import ts from 'typescript';

const FOLDER = resolve(import.meta.dirname, '../types');
const FILE = join(FOLDER, 'edited.ts');

/** What an editor shows at one place of a module. */
export interface Editor {
  /** The names that completion offers at the mark `|`, sorted. */
  completions(source: string): readonly string[];
  /** What hovering over the word before the mark `|` shows: its type, and the errors that stand there. */
  hover(source: string): string;
}

/** The language service that editors ask, on one module that stands among the type tests. */
export function openEditor(): Editor {
  let text = '';
  let version = 0;
  const options = optionsOf(join(FOLDER, 'tsconfig.json'));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: (name) => (name === FILE ? String(version) : '0'),
    getScriptSnapshot: (name) => {
      const content = name === FILE ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => FOLDER,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: (name) => (name === FILE ? text : ts.sys.readFile(name)),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const write = (source: string): number => {
    const mark = source.indexOf('|');
    if (mark < 0) throw new Error('The source has no mark |');
    text = source.slice(0, mark) + source.slice(mark + 1);
    version += 1;
    return mark;
  };
  return {
    completions(source) {
      const found = service.getCompletionsAtPosition(FILE, write(source), { includeCompletionsWithInsertText: true });
      const entries = (found?.entries ?? []).filter(({ kind }) => kind !== ts.ScriptElementKind.warning);
      return entries.map(({ name }) => name.replace(/^['"](.*)['"]$/, '$1')).toSorted();
    },
    hover(source) {
      const mark = write(source);
      const shown = ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, mark - 1)?.displayParts);
      const errors = service
        .getSemanticDiagnostics(FILE)
        .filter(({ start = 0, length = 0 }) => start <= mark && mark <= start + length)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      return [shown, ...errors].join('\n');
    },
  };
}

function optionsOf(project: string): ts.CompilerOptions {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(project, {}, host);
  if (config === undefined) throw new Error(`${project} can't be read`);
  return config.options;
}
