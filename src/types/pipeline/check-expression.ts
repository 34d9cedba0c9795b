import type { CheckOf, Fault } from '../every-member.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { ScalarLike } from '../scalar.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckOperator } from './check-operator.ts';
import type { Collapse } from './collapse.ts';
import type { FixedKeys, HasField } from './field-type.ts';
import type { HasVariable } from './variables.ts';

/**
 * An expression checked against the documents `T`: a refused string or key gets an error message. `never` is the result for `any`,
 * so it is refused. A string that is known only at run time could name a field, so it needs `$literal`.
 */
export type CheckExpression<T, E, V> =
  IsAny<E> extends true
    ? never
    : [E] extends [string]
      ? CheckText<T, E, V>
      : unknown extends E
        ? Refused<'an expression must be a literal'>
        : undefined extends E
          ? Refused<'an expression may be undefined here: leave the key out instead'>
          : [E] extends [ScalarLike]
            ? CheckText<T, Extract<E, string>, V>
            : IsUnion<E> extends true
              ? CheckOf<E extends unknown ? Fault<CheckExpression<T, E, V>> : never>
              : CheckParts<T, E, V>;

type CheckParts<T, E, V> = E extends readonly unknown[]
  ? Collapse<{ readonly [I in keyof E]: CheckExpression<T, E[I], V> }>
  : IsOpaque<E> extends true
    ? Refused<'an expression must be a literal'>
    : Collapse<{
        readonly [K in keyof E]: K extends `$${string}` ? CheckOperator<T, K, E[K], V> : CheckExpression<T, E[K], V>;
      }>;

/** The sentence for a path that is not there. */
export type CheckPath<T, Path extends string> = [PathFault<T, Path>] extends [never]
  ? unknown
  : Refused<PathFault<T, Path>>;

type PathFault<T, Path extends string> = Path extends unknown
  ? HasField<T, Path> extends true
    ? IsPattern<Path> extends true
      ? AtRunTime
      : never
    : `'${Path}' does not exist at this point of the pipeline`
  : never;

/** Whether a string is only known by its pattern, as of a template: as a key, it is one that may be missing. */
type IsPattern<Text extends string> = {} extends { readonly [K in Text]: 1 } ? true : false;

type AtRunTime = 'a string that is known only at run time could name a field: write { $literal: … }';

/** Each string of a union has to be right. */
type CheckText<T, E extends string, V> = [TextFault<T, E, V>] extends [never] ? unknown : Refused<TextFault<T, E, V>>;

type TextFault<T, E extends string, V> = E extends `$${FixedKeys<T> & string}` ? never : ReferenceFault<T, E, V>;

/** The sentence for a string that is no field of the document, or `never` for a constant or a longer reference that is there. */
export type ReferenceFault<T, E extends string, V> = string extends E
  ? AtRunTime
  : E extends `$$${infer Variable}`
    ? HasVariable<T, Variable, V> extends true
      ? never
      : `'$$${Variable}' is not bound here${Variable extends `${string}.${string}` ? '' : ': the `let` of a $lookup is only for the $expr of a $match in its own pipeline'}`
    : E extends `$${infer Path}`
      ? PathFault<T, Path>
      : E extends `${infer First}${string}`
        ? string extends First
          ? AtRunTime
          : never
        : never;
