import type { Collection } from 'mongodb';

import type { IdSealer } from '../seal/id-sealer.ts';
import { BSON_TYPE } from './bson/bson-type.ts';
import { drifted } from './bson/decode-fault.ts';
import { sortKeyReader, type PlacedKey } from './bson/sort-key-reader.ts';
import { encodePosition, type RawValue } from './bson/sort-position.ts';
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

/** What a page needs to know of its documents, in the order in which they are read. */
export class PageEnds {
  /** The position of the first document. */
  first: Buffer | undefined;
  /** The position of the last document, if there are others after it. */
  last: Buffer | undefined;
}

/** The result for the document after the page, which is not decoded. */
const BEYOND: object = Object.freeze({});

/** Decodes the documents of a page, and keeps the positions of its ends. Every document has to have a single value at each path of the sort. */
export function pageReader(
  collection: Collection,
  plan: PageShape,
  ends: PageEnds,
  sealer: IdSealer | undefined,
): ResultReader {
  const { keys, size, isLoose } = plan.page;
  const documents = resultReader(collection, plan, sealer);
  const readers = keys.map(sortKeyReader);
  let count = 0;
  let latest: readonly RawValue[] = [];

  const look = (bytes: Buffer, at: number, end: number): void => {
    if (count === size) ends.last = encodePosition(latest);
    else latest = readers.map((read) => read(bytes, at, end));
    if (count === 0) ends.first = encodePosition(latest);
    if (isLoose) assertExact(latest, keys);
    count += 1;
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
function assertExact(values: readonly RawValue[], keys: readonly PlacedKey[]): void {
  if (NOT_EXACT.has(values.at(-1)?.type)) drifted('_id');
  const symbol = values.findIndex(({ type }) => type === BSON_TYPE.symbol);
  if (symbol >= 0) drifted((keys[symbol] as PlacedKey).path);
}
