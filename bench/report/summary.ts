import type { Estimate } from '../measure/statistics.ts';
import type { Chapter } from '../server/chapters.ts';

/** One row of a table. All numbers except the milliseconds are ratios to the first row. */
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
  /** The speed of one lane relative to another one that is not the first row. */
  speedOf(lane: string, than: string): Estimate | undefined;
  /** The CPU time of one lane relative to another one. */
  cpuOf(lane: string, than: string): Estimate | undefined;
}

/** All results, with the server's version. */
export interface Summary {
  readonly server: string;
  readonly chapters: ReadonlyMap<Chapter, readonly Table[]>;
}
