import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../test/honest/data-access');

/** A data-access layer, with its twin on the raw driver. */
interface DataAccess {
  readonly name: string;
  readonly safe: readonly string[];
  readonly raw: readonly string[];
  /** The files with the views, which the raw driver has no counterpart of. */
  readonly views: string;
}

export const DATA_ACCESS: readonly DataAccess[] = [
  {
    name: 'a blog, with repositories',
    safe: ['blog/repositories.ts', 'blog/service.ts'],
    raw: ['blog/repositories.raw.ts', 'blog/service.raw.ts'],
    views: 'blog/documents.ts',
  },
  {
    name: 'a help desk, with functions',
    safe: ['desk/desk.ts'],
    raw: ['desk/desk.raw.ts'],
    views: 'desk/documents.ts',
  },
];

/** A call of a method that is sent. */
export const CALL =
  /\.(?:findOne(?:AndUpdate|AndDelete)?|find|exists|countDocuments|distinct|aggregate|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|bulkWrite)[(<]/g;

/** The lines of code of the two layers, for docs/migrating.md. */
export function dataAccessTable(): string {
  const rows = DATA_ACCESS.map(({ name, safe, raw, views }) => {
    const [mine, theirs] = [measure(safe), measure(raw)];
    return `| ${name} | ${theirs.calls} | ${perCall(theirs)} | ${mine.calls} | ${perCall(mine)} | ${viewLines(views)} |`;
  });
  return [
    '| data-access layer | calls, raw | lines per call, raw | calls, safe | lines per call, safe | lines of views, once |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function measure(files: readonly string[]): { readonly calls: number; readonly lines: number } {
  const text = files.map(read).join('\n');
  return { calls: text.match(CALL)?.length ?? 0, lines: codeLines(text) };
}

function perCall({ calls, lines }: { readonly calls: number; readonly lines: number }): string {
  return (lines / calls).toFixed(1);
}

/** The lines of code of the views: from the first one, or from the leaves that they share. */
function viewLines(file: string): number {
  const text = read(file);
  const begin = text.search(/^(?:export )?const /m);
  return codeLines(text.slice(begin));
}

/** Lines with code. Comments and empty lines do not count. */
function codeLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/\*|\*)/.test(line)).length;
}

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}
