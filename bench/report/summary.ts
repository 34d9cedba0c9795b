import type { Estimate } from '../measure/statistics.ts';
import type { Chapter } from '../server/all-works.ts';

/** One row of a table. All but the milliseconds are ratios to the row that the others are compared with. */
export interface Row {
  readonly lane: string;
  /** Of one call. */
  readonly wallMs: number;
  /** Calls in the same time: above 1 is faster. */
  readonly speed: Estimate;
  /** CPU time of the client's process: below 1 is less. */
  readonly cpu: Estimate;
  /** Bytes that one call allocates in the client. */
  readonly allocated?: number;
  /** Bytes on the wire, both ways. */
  readonly wire?: number;
}

/** One table. */
export interface Table {
  readonly work: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** How much faster one lane is than another, for pairs of which neither is the first row. */
  speedOf(lane: string, than: string): Estimate | undefined;
}

/** All that was measured, with the server's version. */
export interface Summary {
  readonly server: string;
  readonly chapters: ReadonlyMap<Chapter, readonly Table[]>;
}
