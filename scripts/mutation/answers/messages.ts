/** So many calls of a mutant are tried, the quick ones first: those between them are much alike. */
export const MOST = { 'sends nothing': 900, reads: 200, writes: 100 } as const;

/** A call of the known answers, with what it did and the mutants whose code it ran. */
export interface KnownCall {
  /** The number of its list. */
  readonly list: number;
  readonly source: string;
  readonly answer: string;
  readonly does: keyof typeof MOST;
  readonly covered: readonly number[];
}

/** What the answers say without a mutant. */
export interface Baseline {
  readonly calls: readonly KnownCall[];
  /** Mutants whose code runs while modules load and views are made. */
  readonly onLoading: readonly number[];
}

/** What a process is asked: the baseline, or to try a mutant. */
export type Question = { readonly baseline: true } | { readonly mutant: string };

export interface Verdict {
  readonly mutant: string;
  readonly status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout';
  /** The call that noticed it. */
  readonly by?: string;
}
