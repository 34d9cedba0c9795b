import type { Stored } from './document.ts';
import type { Exposed } from './exposed.ts';
import type { ValueAt } from './path-value.ts';
import type { ResultOf } from './projection.ts';
import type { ScalarLike } from './scalar.ts';
import type { Arrays, OneLess } from './split.ts';
import type { View } from './view.ts';

/** The result of `findPopulated`: the projected shape with the joined fields. */
export type PopulatedOf<TDoc, TPublic, J, O> = O extends { readonly projection: infer P; readonly populate: infer X }
  ? Exposed<Populated<TDoc, TPublic, J, P, X>>
  : never;

type Populated<TDoc, TPublic, J, P, X> =
  ResultOf<TPublic, P> extends Exposed<infer R> ? Placed<Plain<R>, FieldsOf<TDoc, J, X>> : never;

/** The fields without the brand. */
type Plain<R> = { -readonly [K in keyof R as K extends string ? K : never]: R[K] };

/** A joined field: its value, and whether it may be missing. */
interface Field {
  readonly value: unknown;
  readonly isOptional: boolean;
}

/** The joined fields, by path. */
type FieldsOf<TDoc, J, X> = {
  readonly [As in keyof X & string]: X[As] extends { readonly localField: As }
    ? OwnField<ValueAt<Stored<TDoc>, As>, ForeignOf<J, X[As]>, X[As]>
    : NewField<ForeignOf<J, X[As]>, X[As]>;
};

/** In the place of a reference: `null` if there is no such document, and missing if the reference is. */
interface OwnField<Reference, Foreign, X> extends Field {
  readonly value: X extends { readonly justOne: true } ? Foreign | null : Foreign[] | Extract<Reference, null>;
  readonly isOptional: undefined extends Reference ? true : false;
}

/** Under a new name: an array of the joined documents. With `justOne` one of them; if nothing matches, the field is missing. */
interface NewField<Foreign, X> extends Field {
  readonly value: X extends { readonly justOne: true } ? Foreign : Foreign[];
  readonly isOptional: X extends { readonly justOne: true } ? true : false;
}

type ForeignOf<J, X> = X extends { readonly from: infer From extends keyof J; readonly projection: infer P }
  ? J[From] extends View<infer TDoc, infer TPublic, infer _C>
    ? Populated<TDoc, TPublic, J, P, X extends { readonly populate: infer Inner } ? Inner : {}>
    : never
  : never;

/** A projected type with joined fields in their places, in the elements of arrays too. */
type Placed<T, Fields, Left extends readonly unknown[] = Arrays> = T extends ScalarLike
  ? T
  : T extends readonly (infer E)[]
    ? Left extends readonly []
      ? T
      : Placed<E, Fields, OneLess<Left>>[]
    : {
          [K in keyof T as K extends keyof Fields ? never : K]: [Below<Fields, K>] extends [never]
            ? T[K]
            : Placed<T[K], FieldsBelow<Fields, K>>;
        } & {
          [K in Names<Fields, false>]: ValueOf<Fields, K>;
        } & { [K in Names<Fields, true>]?: ValueOf<Fields, K> } extends infer Both
      ? { [K in keyof Both]: Both[K] }
      : never;

type Below<Fields, K> = Extract<keyof Fields, `${K & string}.${string}`>;

type FieldsBelow<Fields, K> = {
  readonly [As in keyof Fields as As extends `${K & string}.${infer Rest}` ? Rest : never]: Fields[As];
};

/** The fields of this level. */
type Names<Fields, Optional extends boolean> = {
  [As in keyof Fields]: As extends `${string}.${string}`
    ? never
    : Fields[As] extends { readonly isOptional: Optional }
      ? As
      : never;
}[keyof Fields];

type ValueOf<Fields, K extends keyof Fields> = Fields[K] extends { readonly value: infer V } ? V : never;
