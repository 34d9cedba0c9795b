import type { Refused } from './refused.ts';
import type { IsNever } from './type-fest.ts';

/**
 * The sentences of a check, at any depth, or `never`. A union is checked member by member, and the sentences are joined: a union of
 * the checks themselves would let the whole through as soon as one member passes.
 */
export type Faults<Check, Left extends readonly unknown[] = Depth> =
  IsNever<Check> extends true
    ? 'this is any'
    : unknown extends Check
      ? never
      : Check extends Refused<infer Sentence>
        ? Sentence
        : Check extends object
          ? Left extends readonly [unknown, ...infer Rest]
            ? Check extends readonly unknown[]
              ? { [I in keyof Check]: Faults<Check[I], Rest> }[number]
              : { [K in keyof Check]-?: K extends string ? Faults<Check[K], Rest> : never }[keyof Check]
            : never
          : never;

/** How deep sentences are looked for. */
type Depth = readonly [1, 1, 1, 1, 1, 1, 1, 1];

/** Like `Faults`, for a check that is `unknown` if it refuses nothing. Some of these name the correct type instead of a sentence. */
export type Fault<Check> = unknown extends Check
  ? never
  : IsNever<Faults<Check>> extends true
    ? 'one of the values that may be here is not allowed'
    : Faults<Check>;

/** The check of a union, of the sentences of all its members: `unknown` if there are none. */
export type CheckOf<Sentences> = [Sentences] extends [never] ? unknown : Refused<Sentences & string>;

/** A check, or `unknown` if it refuses nothing at any depth. */
export type Settle<Check> = [Faults<Check>] extends [never] ? unknown : Check;
