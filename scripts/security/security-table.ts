import type { Counts } from '../../test/security/support/report.ts';
import { textTable } from '../text-table.ts';

/** What one test of the matrix reported. */
export type Line = Counts & { readonly name: string };

const COLUMNS = ['tried', 'refused', 'allowed', 'differences'] as const satisfies readonly (keyof Counts)[];

/** One row for each name, and the sum. */
export function securityTable(lines: readonly Line[]): string {
  const names = [...new Set(lines.map(({ name }) => name))].toSorted();
  const rows = names.map((name) => [name, ...sumsOf(lines.filter((line) => line.name === name))]);
  return textTable([['cells', ...COLUMNS], ...rows, ['all', ...sumsOf(lines)]]);
}

function sumsOf(lines: readonly Line[]): string[] {
  return COLUMNS.map((column) => lines.reduce((sum, line) => sum + line[column], 0).toLocaleString('en'));
}
