/** So many calls of a mutant are tried, the quick ones first: those between them are much alike. */
export const MOST = { 'sends nothing': 600, reads: 250, writes: 200 } as const;

/** For a mutant of what is made on loading, such as a table, it is so many times as many: every call may notice it, and few do. */
export const MORE_ON_LOADING = 3;

/** A call of the known answers, with what it did and the mutants whose code it ran. */
export interface KnownCall {
  /** The number of its list. */
  readonly list: number;
  readonly source: string;
  readonly answer: string;
  readonly does: keyof typeof MOST;
  /** As `coveredBy()` writes them. */
  readonly covered: string;
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
