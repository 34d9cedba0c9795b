import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { EditorServer } from './editor-server.ts';
import { MessageStream } from './message-stream.ts';
import { positionOf } from './position.ts';

const TSC = resolve(import.meta.dirname, '../../node_modules/@typescript/native/bin/tsc');

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
  readonly result?: unknown;
}

/** The language server of TypeScript 7. */
export async function startNativeServer(root: string): Promise<EditorServer> {
  const waiting = new Map<number, (result: unknown) => void>();
  let last = 0;
  let uri = '';
  let text = '';
  let version = 1;
  const stream = new MessageStream([TSC, '--lsp', '--stdio'], (message) => receive(message));

  function receive({ id, method, params, result }: Answer): void {
    if (id === undefined) return;
    if (method === undefined) waiting.get(id)?.(result);
    // Requests of the server, for its settings: there are none.
    else stream.sendFramed({ jsonrpc: '2.0', id, result: params?.items?.map(() => null) ?? null });
  }
  const notify = (method: string, params: object): void => stream.sendFramed({ jsonrpc: '2.0', method, params });
  const request = <T>(method: string, params: object): Promise<T> =>
    new Promise((done) => {
      last += 1;
      waiting.set(last, done as (result: unknown) => void);
      stream.sendFramed({ jsonrpc: '2.0', id: last, method, params });
    });
  const at = (offset: number): object => ({ textDocument: { uri }, position: positionOf(text, offset) });

  await request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { textDocument: { completion: {}, hover: {}, diagnostic: {} } },
  });
  notify('initialized', {});
  return {
    name: 'TypeScript 7',
    open: async (file, content) => {
      uri = pathToFileURL(file).href;
      text = content;
      notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text } });
    },
    change: async (content) => {
      text = content;
      version += 1;
      notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    },
    completion: async (offset) => {
      type Items = readonly { readonly label: string }[];
      const found = await request<{ readonly items: Items } | Items | null>('textDocument/completion', at(offset));
      const items = found === null ? [] : 'items' in found ? found.items : found;
      return items.map(({ label }) => label.replace(/\?$/, '').replace(/^"(.*)"$/, '$1'));
    },
    hover: async (offset) => {
      const found = await request<{ readonly contents: { readonly value: string } } | null>(
        'textDocument/hover',
        at(offset),
      );
      return found?.contents.value ?? '';
    },
    diagnostics: async () => {
      const { items } = await request<{ readonly items: readonly { readonly message: string }[] }>(
        'textDocument/diagnostic',
        { textDocument: { uri } },
      );
      return items.map(({ message }) => message);
    },
    close: () => stream.end(),
  };
}
