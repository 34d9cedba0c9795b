import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/typescript/register.js';

import * as monaco from 'monaco-editor/editor.js';

import type { Compiler } from './ask-worker.ts';
import type { Problem } from './messages.ts';

const OWNER = 'compiler';
const PAUSE = 250;

const KINDS: ReadonlyMap<string, monaco.languages.CompletionItemKind> = new Map([
  ['method', monaco.languages.CompletionItemKind.Method],
  ['property', monaco.languages.CompletionItemKind.Property],
  ['const', monaco.languages.CompletionItemKind.Constant],
  ['keyword', monaco.languages.CompletionItemKind.Keyword],
]);

/** An editor whose text is compiled a moment after each change. */
export interface Editor {
  set(text: string): void;
  setDark(isDark: boolean): void;
  close(): void;
}

/** A problem with the number of its line. */
export interface Placed extends Pick<Problem, 'start' | 'text'> {
  readonly line: number;
}

export function openEditor(
  element: HTMLElement,
  compiler: Compiler,
  onCompiled: (problems: readonly Placed[]) => void,
): Editor {
  globalThis.MonacoEnvironment = { getWorker: () => new Worker(new URL('editor.worker.js', import.meta.url)) };
  const model = monaco.editor.createModel('', 'typescript');
  const editor = monaco.editor.create(element, {
    model,
    ariaLabel: 'The program. Tab leaves the editor.',
    automaticLayout: true,
    fontSize: 13,
    minimap: { enabled: false },
    // Whoever has no mouse gets out of the editor with Tab.
    tabFocusMode: true,
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false },
    fixedOverflowWidgets: true,
    wordWrap: 'on',
  });
  const check = async () => {
    const code = model.getValue();
    const { problems } = await compiler.check(code);
    if (model.isDisposed() || model.getValue() !== code) return;
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      problems.map((problem) => markerOf(model, problem)),
    );
    onCompiled(problems.map(({ start, text }) => ({ start, text, line: model.getPositionAt(start).lineNumber })));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), PAUSE);
  });
  const helpers = helpersFor(compiler);
  return {
    set: (text) => {
      model.setValue(text);
      editor.revealLine(model.getLineCount());
    },
    setDark: (isDark) => monaco.editor.setTheme(isDark ? 'vs-dark' : 'vs'),
    close: () => {
      clearTimeout(timer);
      for (const each of [...helpers, editor, model]) each.dispose();
    },
  };
}

function markerOf(model: monaco.editor.ITextModel, { start, length, text }: Problem): monaco.editor.IMarkerData {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(start + length)];
  return {
    severity: monaco.MarkerSeverity.Error,
    message: text,
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** Types below the mouse, and suggestions. */
function helpersFor(compiler: Compiler): readonly monaco.IDisposable[] {
  return [
    monaco.languages.registerHoverProvider('typescript', {
      provideHover: async (model, position) => {
        const { type, about } = await compiler.hover(model.getValue(), model.getOffsetAt(position));
        return type === '' ? null : { contents: [{ value: `\`\`\`typescript\n${type}\n\`\`\`` }, { value: about }] };
      },
    }),
    monaco.languages.registerCompletionItemProvider('typescript', {
      triggerCharacters: ['.', "'", '{'],
      provideCompletionItems: async (model, position) => {
        const word = model.getWordUntilPosition(position);
        const { suggestions } = await compiler.complete(model.getValue(), model.getOffsetAt(position));
        const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
        return {
          suggestions: suggestions.map(({ name, kind }) => ({
            label: name,
            insertText: name,
            kind: KINDS.get(kind) ?? monaco.languages.CompletionItemKind.Variable,
            range,
          })),
        };
      },
    }),
  ];
}
