import { flatten, type Leaf } from './flatten.ts';
import type { Paper } from './paper.ts';

/** The result of a raw call and the response of the route that replaces it. */
export interface Comparison {
  readonly rawBytes: number;
  readonly safeBytes: number;
  /** The number of raw values that are not in the response. */
  readonly withheld: number;
  /** Paths of the response that the raw document does not have with that value: always none. */
  readonly invented: readonly string[];
  readonly head: string;
  readonly rows: readonly { readonly path: string; readonly line: string }[];
}

const LEFT_WIDTH = 52;
const RIGHT_WIDTH = 43;

/** Shows a raw document and a safe response side by side. Fields that are missing on the right are struck out on the left. */
export function compare(raw: unknown, safe: unknown, paper: Paper): Comparison {
  const answered = new Map(flatten(safe).map((leaf) => [leaf.path, leaf]));
  const [left, right] = [cellOf(flatten(raw), LEFT_WIDTH), cellOf([...answered.values()], RIGHT_WIDTH)];
  const pairs = flatten(raw).map((leaf) => ({ leaf, isSent: take(answered, leaf) }));
  const [rawBytes, safeBytes] = [bytesOf(raw), bytesOf(safe)];
  return {
    rawBytes,
    safeBytes,
    withheld: pairs.filter(({ isSent }) => !isSent).length,
    invented: [...answered.keys()],
    head: paper.bold(`  ${`raw, ${rawBytes} bytes`.padEnd(LEFT_WIDTH)} │ safe, ${safeBytes} bytes`),
    rows: pairs.map(({ leaf, isSent }) => ({
      path: leaf.path,
      line: isSent ? `  ${left(leaf)} │ ${right(leaf).trimEnd()}` : `${paper.strike(left(leaf))} │`,
    })),
  };
}

/** Whether the response has a leaf of the raw document with the same value. The leaf is removed from `answered`. */
function take(answered: Map<string, Leaf>, { path, text }: Leaf): boolean {
  return answered.get(path)?.text === text && answered.delete(path);
}

/** Makes the cells of a column: paths as wide as the longest, and all of one width. */
function cellOf(leaves: readonly Leaf[], width: number): (leaf: Leaf) => string {
  const pathWidth = Math.max(...leaves.map(({ path }) => path.length));
  return ({ path, text }) => cut(`${path.padEnd(pathWidth)}  ${text}`, width).padEnd(width);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
