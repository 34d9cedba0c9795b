import type { Counts } from '../../test/security/support/report.ts';

/** What one test of the matrix reported. */
export type Line = Counts & { readonly name: string };

const COLUMNS = ['tried', 'refused', 'allowed', 'differences'] as const satisfies readonly (keyof Counts)[];

/** One row for each name, and the sum. */
export function securityTable(lines: readonly Line[]): string {
  const names = [...new Set(lines.map(({ name }) => name))].toSorted();
  const rows = names.map((name) => [name, ...sumsOf(lines.filter((line) => line.name === name))]);
  const all = [['cells', ...COLUMNS], ...rows, ['all', ...sumsOf(lines)]];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length))) ?? [];
  return all
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

function sumsOf(lines: readonly Line[]): string[] {
  return COLUMNS.map((column) => lines.reduce((sum, line) => sum + line[column], 0).toLocaleString('en'));
}
