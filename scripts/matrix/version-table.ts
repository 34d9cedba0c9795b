import type { Result } from './result.ts';

/** The results as a table, a row for each version. */
export function versionTable(results: readonly Result[]): string {
  const rows = new Map<string, { readonly part: string; readonly version: string; readonly lines: string[] }>();
  for (const { part, version, ran, fault } of results) {
    const key = `${part} ${version}`;
    const row = rows.get(key) ?? { part, version, lines: [] };
    row.lines.push(fault === undefined ? ran : `${ran}: **does not work**: ${fault.replaceAll('|', '/')}`);
    rows.set(key, row);
  }
  return [
    '| | version | what passed |',
    '|---|---|---|',
    ...[...rows.values()].map(({ part, version, lines }) => `| ${part} | ${version} | ${lines.join('; ')} |`),
  ].join('\n');
}
