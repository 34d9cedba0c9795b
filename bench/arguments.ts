import { parseArgs } from 'node:util';

/** What the commands of the benchmark take. */
export interface Arguments {
  /** Seconds in all, with numbers that mean nothing: to see that everything runs. */
  readonly quick: boolean;
  /** The folder that results are written to; by default, only a whole run writes any, and those next to its sources. */
  readonly out: string | undefined;
}

/** Reads `--quick` and `--out FOLDER`. Throws for anything else. */
export function readArguments(): Arguments {
  const { quick, out } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
  }).values;
  return { quick, out: out ?? (quick ? undefined : import.meta.dirname) };
}
