/** What an error message adds for a name that is one letter off, or has two letters in the wrong order: the name that was meant. */
export type DidYouMean<K, Names> =
  Near<K, Names> extends infer Name extends string ? ([Name] extends [never] ? '' : `: did you mean '${Name}'?`) : '';

/** Two names are near if they are equal after one letter is taken from one or both of them. */
type Near<K, Names> = Names extends string
  ? [Shortened<Names> & Shortened<K>] extends [never]
    ? never
    : Names
  : never;

type Shortened<S> = S | (S extends string ? WithoutOne<S> : never);

type WithoutOne<S extends string, Before extends string = ''> = S extends `${infer First}${infer Rest}`
  ? `${Before}${Rest}` | WithoutOne<Rest, `${Before}${First}`>
  : never;
