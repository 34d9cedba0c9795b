import { stripVTControlCharacters } from 'node:util';

import colors from 'picocolors';

/** A table of columns as wide as their widest cell. Long cells are cut. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], widest = 60): string {
  const cut = rows.map((row) =>
    row.map((cell) => (width(cell) > widest ? `${stripVTControlCharacters(cell).slice(0, widest - 1)}…` : cell)),
  );
  const widths = head.map((title, at) => Math.max(title.length, ...cut.map((row) => width(row[at] ?? ''))));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell))).join('  ')}`.trimEnd();
  return [line(head.map((title) => colors.dim(title))), ...cut.map(line)].join('\n');
}

function width(text: string): number {
  return stripVTControlCharacters(text).length;
}
