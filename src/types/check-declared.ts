import type { ShownDocument } from './opaque-document.ts';
import type { ValueAt } from './path-value.ts';
import type { PublicDocument } from './public-document.ts';
import type { LeafPaths } from './public-paths.ts';
import type { Refused } from './refused.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/**
 * Checks the listed paths against a declared public type: they have to be exactly its leaf paths, and the document type has to
 * match it there. A difference is reported at its path, if it has one.
 */
export type CheckDeclared<TDoc, P, TPublic> = unknown extends TPublic
  ? unknown
  : Exclude<LeafPaths<TPublic>, keyof P> extends infer Missing extends string
    ? IsNever<Missing> extends true
      ? CheckFit<PublicDocument<ShownDocument<TDoc, P>, keyof P & string>, P, TPublic>
      : Refused<`'${Missing}' is declared public but missing here`>
    : never;

type CheckFit<Computed, P, TPublic> =
  IsNever<PathProblems<Computed, P, TPublic>[keyof P]> extends true
    ? [Computed] extends [TPublic]
      ? unknown
      : Refused<'the document type does not match the declared public type: compare optional fields, nesting and readonly arrays'>
    : {
        readonly [K in keyof P]: PathProblems<Computed, P, TPublic>[K] extends infer Problem extends string
          ? IsNever<Problem> extends true
            ? unknown
            : Refused<Problem>
          : never;
      };

type PathProblems<Computed, P, TPublic> = {
  [K in keyof P]: K extends LeafPaths<TPublic>
    ? IsAny<ValueAt<TPublic, K>> extends true
      ? `'${K}' is declared with any`
      : [ValueAt<Computed, K>] extends [ValueAt<TPublic, K>]
        ? never
        : `'${K}' is declared with another type`
    : `'${K & string}' is not part of the declared public type`;
};
