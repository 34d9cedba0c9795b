import type { Trusted } from '../trusted.ts';
import type { FieldOf, WrittenFields, WrittenPaths } from './update-path.ts';

/** A part of the `trusted` of options or of a bulk model. `{}` if it was not given. */
type PartOf<O, Part extends string> = O extends { readonly trusted?: Trusted<infer Parts> | undefined }
  ? Parts extends { readonly [K in Part]: infer X }
    ? X
    : {}
  : {};

/** The fields that the program sets in a new document. */
export type TrustedSetOf<O> = PartOf<O, 'set'> extends infer S ? (S extends readonly (infer E)[] ? E : S) : never;

/** The program's filter. */
export type TrustedFilterOf<O> = PartOf<O, 'filter'>;

/** The fields that the program's update writes. */
export type TrustedFieldsOf<O> = WrittenFields<PartOf<O, 'update'>> & string;

/** The fields that the program sets in a new document, regardless of the filter. */
export type TrustedOnInsertOf<O> =
  PartOf<O, 'update'> extends infer U ? FieldOf<WrittenPaths<U, '$set' | '$setOnInsert'>> : never;
