import { join, resolve } from 'node:path';

import ts from 'typescript';

const FOLDER = resolve(import.meta.dirname, '../types');
const FILE = join(FOLDER, 'edited.ts');

/** The information that an editor shows at one place of a module. */
export interface Editor {
  /** The names that completion offers at the mark `|` of a statement, sorted. */
  completions(statement: string): Promise<readonly string[]>;
  /** The hover text of the word before the mark `|`: its type, and its errors. */
  hover(statement: string): Promise<string>;
}

interface Question {
  readonly statement: string;
  readonly answer: (place: number) => void;
}

/**
 * The language service that editors ask, on one module among the type tests that begins with the text given.
 *
 * The compiler starts again with each text, which takes most of a second. So the statements that are checked at the
 * same time are put into one text, each in a separate function.
 */
export function openEditor(beginning: string): Editor {
  let text = '';
  let version = 0;
  let waiting: Question[] = [];
  const service = ts.createLanguageService(hostOf(() => ({ text, version })));

  const answerAll = (): void => {
    const questions = waiting;
    waiting = [];
    text = beginning;
    version += 1;
    const places = questions.map(({ statement }) => {
      const mark = statement.indexOf('|');
      const start = `\nasync () => {\n${statement.slice(0, mark)}`;
      const place = text.length + start.length;
      text += `${start}${statement.slice(mark + 1)}\n};`;
      return place;
    });
    for (const [index, { answer }] of questions.entries()) answer(places[index] as number);
  };

  const placeOf = async (statement: string): Promise<number> => {
    if (!statement.includes('|')) throw new Error('The statement has no mark |');
    if (waiting.length === 0) setTimeout(answerAll, 20);
    return await new Promise((answer) => void waiting.push({ statement, answer }));
  };

  return {
    async completions(statement) {
      const place = await placeOf(statement);
      const found = service.getCompletionsAtPosition(FILE, place, { includeCompletionsWithInsertText: true });
      const entries = (found?.entries ?? []).filter(({ kind }) => kind !== ts.ScriptElementKind.warning);
      return entries.map(({ name }) => name.replace(/^['"](.*)['"]$/, '$1')).toSorted();
    },
    async hover(statement) {
      const place = await placeOf(statement);
      const shown = ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, place - 1)?.displayParts);
      const errors = service
        .getSemanticDiagnostics(FILE)
        .filter(({ start = 0, length = 0 }) => start <= place && place <= start + length)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      return [shown, ...errors].join('\n');
    },
  };
}

function hostOf(edited: () => { readonly text: string; readonly version: number }): ts.LanguageServiceHost {
  const options = optionsOf(join(FOLDER, 'tsconfig.json'));
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: (name) => (name === FILE ? String(edited().version) : '0'),
    getScriptSnapshot: (name) => {
      const content = name === FILE ? edited().text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => FOLDER,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: (name) => (name === FILE ? edited().text : ts.sys.readFile(name)),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
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
