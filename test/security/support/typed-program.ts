import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { compileWithCommand } from '../../../scripts/types/compile-with-command.ts';
import type { Row } from './cells.ts';
import { KINDS } from './kinds.ts';
import { expectationOf } from './rules.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const TSC = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/** Inside the project, so that the compiler finds its packages. */
const FOLDER = join(ROOT, 'node_modules/.cache/safe-collection/typed-cells');

/** What the source of a cell may use. */
const HEADER = `import { ObjectId } from 'mongodb';
import { everything, op, trusted, type JsonStream } from 'safe-collection';
import type { privilegedOf, shopOf } from '../../../../test/security/support/world.ts';
declare const shop: ReturnType<typeof shopOf>;
declare const P: ReturnType<typeof privilegedOf>;
declare function textOf(stream: JsonStream): Promise<string>;
declare function changesOf(stream: Promise<object>): Promise<unknown>;
declare function consumer(): { signal: AbortSignal; seen: (event: object) => void; until(running: Promise<void>): Promise<unknown> };
const C = shop.accounts;
const ID = new ObjectId();
const GROUP = 'group';
`;

/** A typed call that has to compile, or must not. */
export interface TypedCell {
  readonly name: string;
  readonly compiles: boolean;
  readonly source: string;
}

/** The typed cells of a row. */
export function typedCellsOf({ form, caller }: Row): readonly TypedCell[] {
  const cells: TypedCell[] = [];
  for (const kind of KINDS) {
    const expectation = expectationOf(form.rule, caller.kind, kind.name);
    if (expectation === undefined || caller.isLoose === true) continue;
    const parts = form.write(kind);
    const name = `${caller.name}, ${form.place}: ${form.name}, ${kind.name}`;
    cells.push({ name, compiles: expectation.compiles, source: caller.source(parts) });
  }
  return cells;
}

/** Compiles all cells as one program. The messages name the cells that the compiler judged otherwise. */
export function faultsOfTypes(cells: readonly TypedCell[]): readonly string[] {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, 'cells.ts');
  const offset = HEADER.split('\n').length;
  writeFileSync(file, HEADER + cells.map(({ source }) => `void (async () => { ${source} });\n`).join(''));
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(PROJECT));
  const messages = new Map<number, string>();
  for (const { file: at, line, message } of compileWithCommand(TSC, join(FOLDER, 'tsconfig.json'))) {
    if (at !== file || line < offset) throw new Error(`The program of the cells is broken: ${at}:${line} ${message}`);
    messages.set(line - offset, message);
  }
  return cells.flatMap(({ name, compiles, source }, index) => {
    const message = messages.get(index);
    if (compiles === (message === undefined)) return [];
    return [`${name}: ${message ?? 'it compiles'}\n  ${source}`];
  });
}

const PROJECT = {
  extends: join(ROOT, 'tsconfig.json'),
  compilerOptions: { noUnusedLocals: false, noImplicitReturns: false, skipLibCheck: true, rootDir: ROOT },
  include: ['cells.ts'],
  exclude: [],
};
