import type { Collection } from 'mongodb';

import type { IdSealer } from '../seal/id-sealer.ts';
import { BSON_TYPE } from './bson/bson-type.ts';
import { drifted } from './bson/decode-fault.ts';
import { sortKeyReader, type PlacedKey } from './bson/sort-key-reader.ts';
import { reported, resultReader, type DocumentPlan, type ResultReader } from './result-reader.ts';

/** A plan of one page. */
export interface PageShape extends DocumentPlan {
  readonly page: {
    /** The paths of the sort; the last one is `_id`. */
    readonly keys: readonly PlacedKey[];
    /** The number of documents on the page. One more is read, to know whether there are others. */
    readonly size: number;
    /** Whether strings are compared with a collation. */
    readonly isLoose: boolean;
  };
}

/** Where a page ends, in the order in which its documents are read. */
export class PageEnd {
  /** The position of its last document, if there are others after it. */
  last: Buffer | undefined;
}

/** The result for the document after the page, which is not decoded. */
const BEYOND: object = Object.freeze({});

/** Decodes the documents of a page, and keeps the position of its end. Every document has to have a single value at each path of the sort. */
export function pageReader(
  collection: Collection,
  plan: PageShape,
  pageEnd: PageEnd,
  sealer: IdSealer | undefined,
): ResultReader {
  const { keys, size, isLoose } = plan.page;
  const documents = resultReader(collection, plan, sealer);
  const sorted = sortKeyReader(keys);
  let count = 0;

  const look = (bytes: Buffer, at: number, end: number): void => {
    count += 1;
    if (count > size) {
      pageEnd.last = sorted.position();
      return;
    }
    sorted.read(bytes, at, end);
    if (isLoose) assertExact(sorted.types, keys);
  };
  const reader: ResultReader = {
    finish: documents.finish,
    prepare: () => {
      documents.prepare();
      return reader;
    },
    read: (bytes, at, end) => {
      try {
        look(bytes, at, end);
      } catch (fault) {
        throw reported(fault, plan);
      }
      return count > size ? BEYOND : documents.read(bytes, at, end);
    },
  };
  return reader;
}

const NOT_EXACT: ReadonlySet<number | undefined> = new Set([BSON_TYPE.string, BSON_TYPE.symbol, BSON_TYPE.object]);

/**
 * With a collation, several ids that are strings can be equal, so a page could not continue after one. The server sorts symbols without the
 * collation, but compares them with it (mongod 6.0.5).
 */
function assertExact(types: readonly number[], keys: readonly PlacedKey[]): void {
  if (NOT_EXACT.has(types.at(-1))) drifted('_id');
  const symbol = types.indexOf(BSON_TYPE.symbol);
  if (symbol >= 0) drifted((keys[symbol] as PlacedKey).path);
}
