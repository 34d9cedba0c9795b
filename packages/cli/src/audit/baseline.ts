import { FileError } from '../terminal/file-error.ts';
import { readJson, writeText } from '../terminal/files.ts';
import type { Finding } from './report.ts';

interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file?: string;
  readonly collection?: string;
}

/** The fingerprints of the accepted findings. Empty if there is no file. */
export function readBaseline(path: string): ReadonlySet<string> {
  const content = readJson(path);
  if (content === undefined) return new Set();
  const { findings } = content as { readonly findings?: unknown };
  if (!Array.isArray(findings)) throw new FileError(`${path} is not a baseline. Write one with --update-baseline.`);
  return new Set((findings as readonly BaselineEntry[]).map(({ fingerprint }) => fingerprint));
}

/** Writes the findings in a form that merges well: sorted, about one finding per line, without line numbers. */
export function writeBaseline(path: string, findings: readonly Finding[]): void {
  const entries = findings
    .map(({ fingerprint, rule, place, collection }) => ({
      fingerprint,
      rule,
      ...(place === undefined ? {} : { file: place.file }),
      ...(collection === undefined ? {} : { collection }),
    }))
    .toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  writeText(path, `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`);
}
