import type { Refused } from './refused.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { IsAny } from './type-fest.ts';

/** What the view writes by itself: top-level fields of a type that it can make. */
export type CheckConvention<TDoc, Part, X> = Part extends 'timestamps'
  ? { readonly [K in keyof X]: IsAny<X[K]> extends true ? never : K extends 'createdAt' | 'updatedAt' ? FieldOfType<TDoc, Date> : Refused<`'${K & string}' is not a timestamp`> }
  : Part extends 'version'
    ? FieldOfType<TDoc, number>
    : Part extends 'validate'
      ? { readonly insert: StandardSchema; readonly update: StandardSchema }
      : {
          readonly [K in keyof X]: IsAny<X[K]> extends true
            ? never
            : K extends keyof TDoc
              ? TDoc[K] | (() => TDoc[K])
              : Refused<`'${K & string}' is not a top-level field of this document`>;
        };

type FieldOfType<TDoc, V> = { [K in keyof TDoc & string]: V extends TDoc[K] ? K : never }[keyof TDoc & string];
