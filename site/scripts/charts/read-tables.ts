/** A row of a table, by the names of its columns. The first column has an empty name. */
export type TableRow = ReadonlyMap<string, string>;

/** The first table below each heading of a page. */
export function readTables(markdown: string): ReadonlyMap<string, readonly TableRow[]> {
  const sections = markdown.split(/^#+ /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const first = lines.findIndex((line) => line.startsWith('|'));
      const table = first < 0 ? [] : lines.slice(first, lines.indexOf('', first)).map(cellsOf);
      const [names = [], , ...rows] = table;
      return [heading, rows.map((cells) => new Map(names.map((name, index) => [name, cells[index] ?? ''])))];
    }),
  );
}

function cellsOf(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
