import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { wideDocument } from '../../scripts/types/cost-documents.ts';
import { median } from '../measure/statistics.ts';
import { LIBRARIES, type Library } from '../types/libraries.ts';
import type { EditorServer } from './editor-server.ts';
import { startNativeServer } from './native-server.ts';
import { startTsserver } from './tsserver.ts';

/** Milliseconds, each a median, for a module with ten calls on a document of 300 fields. */
export interface EditorCost {
  readonly library: string;
  readonly server: string;
  readonly completion: number;
  readonly hover: number;
  /** The time to report the errors of the whole module after a typed key. */
  readonly recheck: number;
  /** The number of public paths in the completion list, of all public paths. */
  readonly offered: string;
}

const CALLS = 10;
/** The text before the name of a call's result. Hovering over the name shows the result's type. */
const RESULT = 'export const ';

/** Measures each language server with each library, after each of a number of typed keys. */
export async function measureEditor(keys: number): Promise<readonly EditorCost[]> {
  const costs: EditorCost[] = [];
  for (const library of LIBRARIES) {
    for (const start of [startNativeServer, startTsserver]) costs.push(await inFolder(library, start, keys));
  }
  return costs;
}

async function inFolder(
  library: Library,
  start: (root: string) => Promise<EditorServer>,
  keys: number,
): Promise<EditorCost> {
  const folder = resolve(library.folder, '.types');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['edited.ts'] }));
  const server = await start(folder);
  try {
    return await costOf(library, server, join(folder, 'edited.ts'), keys);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function costOf(library: Library, server: EditorServer, file: string, keys: number): Promise<EditorCost> {
  const document = wideDocument();
  const { before, after } = library.key;
  const module = library.sourceOf(document, CALLS);
  // A comment grows by one character each time, so that the server has to check again.
  const textAfter = (key: number, call: string): string => `${module}// ${'x'.repeat(key)}\n${call}`;
  writeFileSync(file, module);
  await server.open(file, module);
  await server.diagnostics();

  const times = { completion: [] as number[], hover: [] as number[], recheck: [] as number[] };
  let names: readonly string[] = [];
  for (let key = 1; key <= keys; key += 1) {
    const text = textAfter(key, `${before}${after}`);
    names = await timed(times.completion, server, text, () => server.completion(text.length - after.length));
    const hovered = textAfter(key, '');
    await timed(times.hover, server, hovered, () => server.hover(hovered.lastIndexOf(RESULT) + RESULT.length));
    await timed(times.recheck, server, textAfter(key, ''), () => server.diagnostics());
  }
  const offered = document.publicPaths.filter(
    (path) => names.includes(path) || names.includes(path.replaceAll('.', '_')),
  );
  return {
    library: library.name,
    server: server.name,
    completion: median(times.completion),
    hover: median(times.hover),
    recheck: median(times.recheck),
    offered: `${offered.length} of ${document.publicPaths.length}`,
  };
}

async function timed<T>(times: number[], server: EditorServer, text: string, ask: () => Promise<T>): Promise<T> {
  const start = performance.now();
  await server.change(text);
  const answer = await ask();
  times.push(performance.now() - start);
  return answer;
}
