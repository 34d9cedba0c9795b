/**
 * The expectation of a block: it compiles and runs; it neither compiles nor runs; it does not compile; it compiles and
 * is refused when it runs; it compiles (an example in a comment, whose surroundings the reader has to imagine).
 */
export type Promised = 'works' | 'refused' | 'does not compile' | 'throws' | 'compiles';

export interface Block {
  /** `README.md:12` */
  readonly at: string;
  readonly code: string;
  readonly promised: Promised;
}
