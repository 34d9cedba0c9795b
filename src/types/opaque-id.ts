declare const opaque: unique symbol;
declare const marked: unique symbol;

/**
 * The sealed id of a document of type `TDoc`, as results have it: 22 characters. It is a string, and a filter takes any string in its place,
 * such as one from a request.
 *
 * @example
 * function link(id: OpaqueId<Order>): string { return `/orders/${id}`; }
 */
export type OpaqueId<TDoc = unknown> = string & { readonly [opaque]: TDoc };

/** What `opaqueId()` returns: where the id is stored, and the documents whose id it is; `never` for those of the view itself. */
export interface OpaqueIdMark<out P extends string, out TDoc> {
  readonly [marked]: { readonly stored: P; readonly document: TDoc };
}

/** Any value of `opaqueId()`. */
export type AnyOpaqueMark = OpaqueIdMark<string, unknown>;
