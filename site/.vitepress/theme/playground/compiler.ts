import { createSystem, createVirtualTypeScriptEnvironment } from '@typescript/vfs';
import ts from 'typescript';

import { PLAYGROUND } from '../../compiler-options.ts';
import { sentenceOf } from '../../sentence-of.ts';
import type { Answer, Problem, Question } from './messages.ts';

const FILE = '/index.ts';
const MOST_SUGGESTIONS = 200;

/** The compiler on one file, which imports the bundled declarations. */
export function createCompiler(declarations: Readonly<Record<string, string>>): (question: Question) => Answer {
  const system = createSystem(new Map(Object.entries({ ...declarations, [FILE]: 'export {};\n' })));
  const { languageService, updateFile } = createVirtualTypeScriptEnvironment(system, [FILE], ts, PLAYGROUND);
  return (question) => {
    updateFile(FILE, question.code || '\n');
    switch (question.kind) {
      case 'check':
        return { kind: 'check', problems: problemsOf(languageService) };
      case 'hover':
        return hover(languageService, question.at);
      case 'complete':
        return complete(languageService, question.at);
    }
  };
}

function problemsOf(service: ts.LanguageService): readonly Problem[] {
  return [...service.getSyntacticDiagnostics(FILE), ...service.getSemanticDiagnostics(FILE)].map(
    ({ start = 0, length = 1, messageText }) => ({
      start,
      length,
      text: sentenceOf(ts.flattenDiagnosticMessageText(messageText, '\n')),
    }),
  );
}

function hover(service: ts.LanguageService, at: number): Answer {
  const info = service.getQuickInfoAtPosition(FILE, at);
  return {
    kind: 'hover',
    type: ts.displayPartsToString(info?.displayParts),
    about: ts.displayPartsToString(info?.documentation),
  };
}

function complete(service: ts.LanguageService, at: number): Answer {
  const entries = service.getCompletionsAtPosition(FILE, at, {})?.entries ?? [];
  return {
    kind: 'complete',
    suggestions: entries.slice(0, MOST_SUGGESTIONS).map(({ name, kind }) => ({ name, kind })),
  };
}
