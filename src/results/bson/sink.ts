import type { ReadValue } from './read-scalar.ts';

/** Reads the document between two offsets. `undefined` if the driver would decode it to a DBRef. */
export type ReadDocument = (bytes: Buffer, at: number, end: number) => unknown;

/** A reader of a value that gets the nesting level. */
export type ReadNested = (...at: [...Parameters<ReadValue>, level: number]) => unknown;

/** Reads a document or an array with a reader for its values. */
export type ReadWhole = (read: ReadNested, bytes: Buffer, at: number, end: number, level: number) => unknown;

/** A projected field of a document. */
export interface PlannedField {
  readonly key: string;
  /** The key in the document. */
  readonly storedKey: string;
  /** Whether the value is an opaque id, or an array of such ids, which are sealed later. */
  readonly isOpaque: boolean;
  readonly read: ReadValue;
}

/** The result of a reader for a value that is left out. */
export const ABSENT: unique symbol = Symbol('absent');

/** What a decoder makes of the bytes: objects or JSON. The decoder decides what may be read, and the sink what becomes of it. */
export interface Sink {
  /** Reads a scalar. The result is `NOT_DECODED` for everything else. */
  readonly scalar: ReadValue;
  /** Reads an id that is sealed with a tag. The value is complete only when the pending ids are sealed. */
  readonly id: (tag: number) => ReadValue;
  /** Reads the elements of an array, without those that are `ABSENT`. */
  readonly elements: ReadWhole;
  /** Reads a document below a subtree, whose keys are not known. `undefined` for a DBRef. */
  readonly anyDocument: ReadWhole;
  /** A reader of the documents with these fields, in their order. Fields that are `ABSENT` are left out. */
  document(fields: readonly PlannedField[]): ReadDocument;
}
