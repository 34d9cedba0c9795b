import { resolve } from 'node:path';

import type { EditorServer } from './editor-server.ts';
import { MessageStream } from './message-stream.ts';
import { positionOf } from './position.ts';

const TSSERVER = resolve(import.meta.dirname, '../../node_modules/typescript/lib/tsserver.js');

interface Answer {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** The language server of TypeScript 6 and older. */
export async function startTsserver(): Promise<EditorServer> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let file = '';
  let text = '';
  const stream = new MessageStream(
    [TSSERVER, '--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents'],
    (message) => {
      const answer = message as unknown as Answer;
      if (answer.type === 'response' && answer.request_seq !== undefined) waiting.get(answer.request_seq)?.(answer);
    },
  );
  const request = <T>(command: string, args: object): Promise<T> =>
    new Promise((done, fail) => {
      last += 1;
      waiting.set(last, ({ success, message, body }) =>
        success === true ? done(body as T) : fail(new Error(`${command}: ${message}`)),
      );
      stream.sendLine({ seq: last, type: 'request', command, arguments: args });
    });
  const at = (offset: number): object => {
    const { line, character } = positionOf(text, offset);
    return { file, line: line + 1, offset: character + 1 };
  };
  return {
    name: 'TypeScript 6',
    open: async (name, content) => {
      file = name;
      text = content;
      await request('updateOpen', { openFiles: [{ file, fileContent: text }] });
    },
    change: async (content) => {
      const end = positionOf(text, text.length);
      const textChanges = [
        { start: { line: 1, offset: 1 }, end: { line: end.line + 1, offset: end.character + 1 }, newText: content },
      ];
      text = content;
      await request('updateOpen', { changedFiles: [{ fileName: file, textChanges }] });
    },
    completion: async (offset) => {
      const { entries } = await request<{ readonly entries: readonly { readonly name: string }[] }>(
        'completionInfo',
        at(offset),
      );
      return entries.map(({ name }) => name.replace(/^"(.*)"$/, '$1'));
    },
    hover: async (offset) => (await request<{ readonly displayString: string }>('quickinfo', at(offset))).displayString,
    diagnostics: async () => {
      const found = await request<readonly { readonly text: string }[]>('semanticDiagnosticsSync', { file });
      return found.map((diagnostic) => diagnostic.text);
    },
    close: () => stream.end(),
  };
}
