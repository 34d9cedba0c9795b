import type { ObjectId } from 'mongodb';

/** The document type, with the `_id` that the driver adds if the interface has none. */
export type Stored<TDoc> = '_id' extends keyof TDoc ? TDoc : TDoc & { readonly _id: ObjectId };
