/** The result of any write. The method and the call decide which fields exist. */
export interface Answer {
  readonly acknowledged?: boolean;
  readonly insertedId?: unknown;
  readonly insertedIds?: Readonly<Record<number, unknown>>;
  readonly insertedCount?: number;
  readonly matchedCount?: number;
  readonly modifiedCount?: number;
  readonly deletedCount?: number;
  readonly upsertedCount?: number;
  readonly upsertedId?: unknown;
  readonly upsertedIds?: Readonly<Record<number, unknown>>;
  readonly document?: object;
  readonly documents?: readonly object[];
}

/** The names of the methods that write. */
export const WRITE_METHODS = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'bulkWrite',
] as const;

export type WriteMethod = (typeof WRITE_METHODS)[number];

type Method = (...args: readonly unknown[]) => Promise<Answer>;

/** A bulk as JavaScript sees it. */
export interface LooseBulk {
  readonly length: number;
  insert(...args: readonly unknown[]): LooseBulk;
  find(...args: readonly unknown[]): LooseBulkFind;
  execute(...args: readonly unknown[]): Promise<Answer>;
}

export type LooseBulkFind = Readonly<
  Record<'upsert' | 'arrayFilters' | 'collation', (...args: readonly unknown[]) => LooseBulkFind>
> &
  Readonly<
    Record<'updateOne' | 'update' | 'replaceOne' | 'deleteOne' | 'delete', (...args: readonly unknown[]) => LooseBulk>
  >;

/** A safe collection as JavaScript sees it: the compiler refuses none of its calls. */
export type Loose = Readonly<Record<WriteMethod, Method>> & {
  findOne(...args: readonly unknown[]): Promise<object | null>;
  exists(...args: readonly unknown[]): Promise<boolean>;
  countDocuments(...args: readonly unknown[]): Promise<number>;
  estimatedDocumentCount(...args: readonly unknown[]): Promise<number>;
  distinct(...args: readonly unknown[]): Promise<readonly unknown[]>;
  initializeOrderedBulkOp(...args: readonly unknown[]): LooseBulk;
  initializeUnorderedBulkOp(...args: readonly unknown[]): LooseBulk;
  find(...args: readonly unknown[]): { toArray(): Promise<object[]> };
  aggregate(...args: readonly unknown[]): { toArray(): Promise<object[]> };
};

/** Lets a test call as JavaScript does, and as code behind a cast. */
export function loose(collection: object): Loose {
  return collection as never;
}
