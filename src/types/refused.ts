declare const refused: unique symbol;

/**
 * The type of a refused key: nothing is assignable to it, so the compiler reports the sentence at the key.
 *
 * It is an object type and not a string literal, because `1 & 'sentence'` reduces to `never` and loses the sentence. It allows any key, so
 * that an object is reported as a whole and not for one of its own keys. `unknown` would take the completions of these keys away.
 */
export interface Refused<Sentence extends string> {
  readonly [refused]: Sentence;
  readonly [key: string]: {} | null | undefined;
}
