import { createCompiler } from './compiler.ts';
import type { Answered, Asked } from './messages.ts';

/** The part of a worker's global that is used here: the types of a page and of a worker exclude each other. */
interface WorkerScope {
  postMessage(message: Answered): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Asked }) => void): void;
}

const scope = globalThis as unknown as WorkerScope;

// Beside this file, wherever the site is served from.
const compiler = fetch(new URL('types.json', location.href))
  .then((response) => response.json() as Promise<Record<string, string>>)
  .then(createCompiler);

scope.addEventListener('message', ({ data: { id, question } }) => {
  void compiler.then((ask) => scope.postMessage({ id, answer: ask(question) }));
});
