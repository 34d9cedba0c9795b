import { resolve } from 'node:path';

import type { NestedDocument } from '../../scripts/types/cost-documents.ts';
import { sourceOf } from '../../scripts/types/measure-cost.ts';

/** A library whose types are measured: a module with a document and a number of different calls. */
export interface Library {
  readonly name: string;
  /** The folder of its module, so that the compiler finds the library. */
  readonly folder: string;
  sourceOf(document: NestedDocument, calls: number): string;
  /** The text before and after the position of a projection key in the module's first call. */
  readonly key: { readonly before: string; readonly after: string };
}

const BENCH = resolve(import.meta.dirname, '..');
const PEERS = resolve(BENCH, 'peers');

export const LIBRARIES: readonly Library[] = [
  {
    name: 'safe-collection',
    folder: BENCH,
    sourceOf,
    key: { before: "await documents.findOne({ 't0': 1 }, { projection: { ", after: ' } });' },
  },
  {
    name: "the driver's own types",
    folder: BENCH,
    sourceOf: (document, calls) =>
      moduleOf(
        document,
        "import type { Collection } from 'mongodb';",
        'declare const documents: Collection<Stored>;',
        calls,
        (filter, [path, other]) =>
          `await documents.findOne({ '${filter}': 1 }, { projection: { '${path}': 1, '${other}': 1 } })`,
      ),
    key: { before: "await documents.findOne({ 't0': 1 }, { projection: { ", after: ' } });' },
  },
  {
    name: 'papr',
    folder: PEERS,
    sourceOf: (document, calls) =>
      moduleOf(
        document,
        "import type { Model } from 'papr';\nimport type { ObjectId } from 'mongodb';",
        'declare const documents: Model<Stored & { _id: ObjectId }, {}>;',
        calls,
        (filter, [path, other]) =>
          `await documents.findOne({ '${filter}': 1 }, { projection: { '${path}': 1, '${other}': 1 } })`,
      ),
    key: { before: "await documents.findOne({ 't0': 1 }, { projection: { ", after: ' } });' },
  },
  {
    name: 'mongoose',
    folder: PEERS,
    sourceOf: (document, calls) =>
      moduleOf(
        document,
        "import type { Model } from 'mongoose';",
        'declare const documents: Model<Stored>;',
        calls,
        (filter, [path, other]) => `await documents.findOne({ '${filter}': 1 }, { '${path}': 1, '${other}': 1 })`,
      ),
    key: { before: "await documents.findOne({ 't0': 1 }, { ", after: ' });' },
  },
  {
    name: 'kysely',
    folder: PEERS,
    sourceOf: (document, calls) =>
      moduleOf(
        { ...document, declaration: tableOf(document) },
        "import type { Kysely } from 'kysely';",
        'declare const documents: Kysely<{ stored: Stored }>;',
        calls,
        (filter, [path, other]) =>
          `await documents.selectFrom('stored').select(['${column(path)}', '${column(other)}']).where('${filter}', '=', 1).executeTakeFirst()`,
      ),
    key: {
      before: "await documents.selectFrom('stored').select(['",
      after: "']).where('t0', '=', 1).executeTakeFirst();",
    },
  },
];

type Call = (filter: string, paths: readonly [path: string, other: string]) => string;

function moduleOf(
  { declaration, publicPaths }: NestedDocument,
  imports: string,
  declare: string,
  calls: number,
  call: Call,
): string {
  const lines = Array.from({ length: calls }, (_, index) => {
    const path = publicPaths[index % publicPaths.length] ?? 't0';
    const other = publicPaths[(index * 7 + 1) % publicPaths.length] ?? 't1';
    return `export const r${index} = ${call('t0', [path, path === other ? 't1' : other])};`;
  });
  return [imports, declaration, declare, ...lines, ''].join('\n');
}

/** SQL has no nested columns: a table with a column for each leaf. */
function tableOf({ leaves }: NestedDocument): string {
  return `interface Stored { ${leaves.map(({ path, type }) => `${column(path)}: ${type};`).join(' ')} }`;
}

function column(path: string): string {
  return path.replaceAll('.', '_');
}
