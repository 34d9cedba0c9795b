import { parseArgs } from 'node:util';

/** The arguments of the benchmark commands. */
export interface Arguments {
  /** Runs in seconds with meaningless numbers, to check that everything works. */
  readonly quick: boolean;
  /** The folder for the results. By default only a full run writes results, next to its sources. */
  readonly out: string | undefined;
}

/** Reads `--quick` and `--out FOLDER`. Throws for anything else. */
export function readArguments(): Arguments {
  const { quick, out } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
  }).values;
  return { quick, out: out ?? (quick ? undefined : import.meta.dirname) };
}
