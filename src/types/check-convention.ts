import type { Capabilities } from './capabilities.ts';
import type { Refused } from './refused.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { IsAny } from './type-fest.ts';

/** Checks the paths that the view itself writes: top-level fields of a type that it can make. */
export type CheckConvention<TDoc, Part, X, C extends Capabilities> = Part extends 'timestamps'
  ? {
      readonly [K in keyof X]: IsAny<X[K]> extends true
        ? never
        : K extends 'createdAt' | 'updatedAt'
          ? FieldOfType<TDoc, Date>
          : Refused<`'${K & string}' is not a timestamp`>;
    }
  : Part extends 'version'
    ? CheckVersion<TDoc, FieldOfType<TDoc, number>, X, C>
    : Part extends 'validate'
      ? { readonly insert: StandardSchema; readonly update: StandardSchema }
      : {
          readonly [K in keyof X]: IsAny<X[K]> extends true
            ? never
            : K extends keyof TDoc
              ? TDoc[K] | (() => TDoc[K])
              : Refused<`'${K & string}' is not a top-level field of this document`>;
        };

/** The version has to be public or filterable, because `options.version` compares with it. */
type CheckVersion<TDoc, Field, X, C extends Capabilities> = X extends Field
  ? X extends C['public' | 'filterable']
    ? unknown
    : Refused<`'${X & string}' is neither public nor filterable, and \`options.version\` compares with it`>
  : X extends keyof TDoc
    ? Refused<`'${X & string}' is not a number field of this document`>
    : Field;

type FieldOfType<TDoc, V> = { [K in keyof TDoc & string]: V extends TDoc[K] ? K : never }[keyof TDoc & string];
