/** A message of the compiler, with its place in the text. */
export interface Problem {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** A suggestion at a place. */
export interface Suggestion {
  readonly name: string;
  readonly kind: string;
}

export type Question =
  | { readonly kind: 'check'; readonly code: string }
  | { readonly kind: 'hover'; readonly code: string; readonly at: number }
  | { readonly kind: 'complete'; readonly code: string; readonly at: number };

export type Answer =
  | { readonly kind: 'check'; readonly problems: readonly Problem[] }
  | { readonly kind: 'hover'; readonly type: string; readonly about: string }
  | { readonly kind: 'complete'; readonly suggestions: readonly Suggestion[] };

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface Answered {
  readonly id: number;
  readonly answer: Answer;
}
