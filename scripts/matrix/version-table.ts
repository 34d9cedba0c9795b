import type { Result } from './result.ts';

/** The results as a table, a row for each version. */
export function versionTable(results: readonly Result[]): string {
  return tableOf(rowsOf(results));
}

/** The same with the rows of another table, for the parts that were not tried this time. */
export function mergedTable(before: string, results: readonly Result[]): string {
  const tried = new Set(results.map(({ part }) => part));
  const kept = before.split('\n').filter((line) => {
    const [, part] = /^\| ([^|]+) \| \d/.exec(line) ?? [];
    return part !== undefined && !tried.has(part);
  });
  return tableOf([...kept, ...rowsOf(results)]);
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
