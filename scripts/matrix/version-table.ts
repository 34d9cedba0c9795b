import type { Result } from './result.ts';

/** The results as a table, a row for each version. */
export function versionTable(results: readonly Result[]): string {
  return tableOf(rowsOf(results));
}

/** The same with the rows of another table: those of the parts that were not tried this time, or of all versions that were not. */
export function mergedTable(before: string, results: readonly Result[], keepsVersions = false): string {
  const isTried = (part: string, version: string): boolean =>
    results.some((each) => each.part === part && (!keepsVersions || each.version === version));
  const kept = before.split('\n').filter((line) => {
    const [, part, version] = ROW.exec(line) ?? [];
    return part !== undefined && version !== undefined && !isTried(part, version);
  });
  const rows = [...kept, ...rowsOf(results)];
  return tableOf(keepsVersions ? inOrder(rows) : rows);
}

/** A row of the table. */
const ROW = /^\| ([^|]+) \| (\d[^ |]*) \|/;

/** Rows with the versions of each part in order. The parts keep theirs. */
function inOrder(rows: readonly string[]): readonly string[] {
  const parts = [...new Set(rows.map((row) => ROW.exec(row)?.[1]))];
  return parts.flatMap((part) =>
    rows
      .filter((row) => ROW.exec(row)?.[1] === part)
      .toSorted((one, other) => versionIn(one).localeCompare(versionIn(other), 'en', { numeric: true })),
  );
}

function versionIn(row: string): string {
  return ROW.exec(row)?.[2] ?? '';
}

function tableOf(rows: readonly string[]): string {
  return ['| | version | what passed |', '|---|---|---|', ...rows].join('\n');
}

function rowsOf(results: readonly Result[]): readonly string[] {
  const rows = new Map<string, { readonly part: string; readonly version: string; readonly lines: string[] }>();
  for (const { part, version, ran, fault } of results) {
    const key = `${part} ${version}`;
    const row = rows.get(key) ?? { part, version, lines: [] };
    row.lines.push(fault === undefined ? ran : `${ran}: **does not work**: ${fault.replaceAll('|', '/')}`);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ part, version, lines }) => `| ${part} | ${version} | ${lines.join('; ')} |`);
}
