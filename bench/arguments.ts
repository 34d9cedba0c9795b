import { parseArgs } from 'node:util';

/** The arguments of the benchmark commands. */
export interface Arguments {
  /** Runs in seconds with meaningless numbers, to check that everything works. */
  readonly quick: boolean;
  /** The folder for the results. By default only a full run writes results, next to its sources. */
  readonly out: string | undefined;
  /** The only chapter to be measured. Its part of the results is replaced. */
  readonly chapter: string | undefined;
}

/** Reads `--quick`, `--out FOLDER` and, if the command has chapters, `--chapter NAME`. Throws for anything else. */
export function readArguments(chapters: readonly string[] = []): Arguments {
  const { quick, out, chapter } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' }, chapter: { type: 'string' } },
  }).values;
  if (chapter !== undefined && !chapters.includes(chapter))
    throw new Error(`There is no chapter "${chapter}". The chapters are: ${chapters.join(', ') || 'none'}.`);
  return { quick, out: out ?? (quick ? undefined : import.meta.dirname), chapter };
}
