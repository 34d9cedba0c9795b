import { LANES } from '../contenders/lanes.ts';
import { OWN_CHAPTERS, type OwnChapter } from '../server/chapters.ts';
import { COVERED } from '../server/covered-works.ts';
import type { Size } from '../size.ts';
import type { Row, Summary, Table } from './summary.ts';
import { estimated, markdownTable, milliseconds, ratio } from './table.ts';
import { machine, versionRows } from './versions.ts';

/** What is above the tables of a chapter. */
const CHAPTERS: Readonly<Record<OwnChapter, { readonly title: string; readonly intro: (size: Size) => string }>> = {
  orders: {
    title: 'Aggregation: the view first',
    intro: ({ orders }) => `${orders.toLocaleString('en')} orders; the same pipeline, ending in the same \`$project\`.`,
  },
  scopes: {
    title: 'Scopes',
    intro: () =>
      'The orders of one user: with the user in the filter, and bound by `scoped()`, which is called for each read as it would be for each request.',
  },
  pages: {
    title: 'Pages',
    intro: () =>
      'A page in the middle of the orders: `paginate()` with a cursor, compared with conditions written by hand and with `skip`.',
  },
  ids: {
    title: 'Opaque ids',
    intro: () => 'Documents with two ids each: as they are stored, and sealed with `opaqueId()`.',
  },
  covered: {
    title: 'Hint: a covered query',
    intro: () =>
      'The same read with an index on the filtered path, and with one that has every projected path: mongod answers from the index and reads no document.',
  },
  json: {
    title: 'JSON in responses',
    intro: () => "Fastify's serializer for the view's JSON Schema, compared with `JSON.stringify`.",
  },
};

/** The results as Markdown. */
export function writeResults(summary: Summary, size: Size): string {
  const users = summary.chapters.get('users') ?? [];
  return `${[
    '# Results',
    'Made by `npm run bench`; do not edit. How it is measured: [performance](../docs/performance.md). The chapters after the users can be measured again one by one.',
    `${machine()}, mongod ${summary.server} on the same machine, ${size.users.toLocaleString('en')} users.`,
    `Each row is compared with the first one of its table, round by round: the median of the ratios, and in parentheses a 95 % bootstrap interval. The library ran with the driver in ${size.processes} processes one after another, and the other libraries in a separate process, where they are compared with the raw driver. **Speed** is calls in the same time (above 1 is faster), **CPU** the client's processor time, **allocated** the bytes that the client allocates, **wire** the bytes between client and server (below 1 is less). A row "${LANES.again}" does exactly what the first row does: its difference from 1 is noise.`,
    '## In short',
    overview(users),
    '## Decoder and batching',
    'The driver reads 101 documents in the first batch, and sends another command for the rest. If a call has a limit, one batch is enough. The first column is the gain of the raw driver with one batch; the second compares the library with that; the third compares both with batches of 101.',
    apart(users),
    '## Users',
    ...users.map(section),
    ...OWN_CHAPTERS.map((chapter) => chapterText(chapter, summary, size)),
    '## Versions',
    markdownTable(['', 'version', '`mongodb` below it'], versionRows()),
    'The newest papr, MikroORM and kysely need Node 22; these are the newest versions that run on Node 20. mongoose and MikroORM install their own version of the driver.',
  ].join('\n\n')}\n`;
}

/** Earlier results with one chapter of this run. The chapter is replaced, or added before the versions. */
export function withChapter(results: string, chapter: OwnChapter, summary: Summary, size: Size): string {
  const title = `## ${CHAPTERS[chapter].title}\n`;
  const versions = results.indexOf('\n## Versions\n') + 1;
  const found = results.indexOf(`\n${title}`) + 1;
  const start = found === 0 ? versions : found;
  const end = found === 0 ? versions : results.indexOf('\n## ', found) + 1;
  return `${results.slice(0, start)}${chapterText(chapter, summary, size)}\n\n${results.slice(end)}`;
}

function chapterText(chapter: OwnChapter, { chapters }: Summary, size: Size): string {
  const { title, intro } = CHAPTERS[chapter];
  const tables = chapters.get(chapter) ?? [];
  const end = chapter === 'covered' ? [hint(tables)] : [];
  return [`## ${title}`, intro(size), ...tables.map(section), ...end].join('\n\n');
}

function overview(tables: readonly Table[]): string {
  const rows = tables.map(({ work, rows: [baseline, again, ...others] }) => {
    const safe = others.find(({ lane }) => lane === LANES.safe);
    const whole = others.find(({ lane }) => lane === LANES.whole);
    return [
      work,
      milliseconds(baseline?.wallMs ?? 0),
      again === undefined ? '' : estimated(again.speed),
      safe === undefined ? '' : `**${estimated(safe.speed)}**`,
      safe === undefined ? '' : ratio(safe.cpu.median),
      safe === undefined || whole === undefined ? '' : ratio(safe.speed.median / whole.speed.median),
    ];
  });
  return markdownTable(
    [
      '',
      'raw driver + projection, ms',
      'noise',
      'safe-collection, speed',
      'CPU',
      'speed to the raw driver without projection',
    ],
    rows,
  );
}

function apart(tables: readonly Table[]): string {
  const rows = tables.flatMap((table) => {
    const batching = table.speedOf(LANES.oneBatch, LANES.baseline);
    const decoder = table.speedOf(LANES.safe, LANES.oneBatch);
    const small = table.speedOf(LANES.safeSmallBatches, LANES.smallBatches);
    if (batching === undefined || decoder === undefined) return [];
    return [[table.work, estimated(batching), estimated(decoder), small === undefined ? '' : estimated(small)]];
  });
  return markdownTable(['', 'one batch, raw driver', 'safe-collection to that', 'both with batches of 101'], rows);
}

function section({ work, rounds, rows }: Table): string {
  return `### ${work}\n\n${rounds} rounds.\n\n${lanes(rows)}`;
}

function lanes(rows: readonly Row[]): string {
  const hasBytes = rows.some(({ allocated }) => allocated !== undefined);
  const head = ['', 'ms', 'speed', 'CPU', ...(hasBytes ? ['allocated', 'wire'] : [])];
  const cells = rows.map(({ lane, wallMs, speed, cpu, allocated, wire }) => [
    lane,
    milliseconds(wallMs),
    estimated(speed),
    estimated(cpu),
    ...(hasBytes ? [optional(allocated), optional(wire)] : []),
  ]);
  return markdownTable(head, cells);
}

function optional(value: number | undefined): string {
  return value === undefined ? '' : ratio(value);
}

function hint(tables: readonly Table[]): string {
  const gains = tables.flatMap((table) => {
    const gain = table.speedOf(COVERED.covered, COVERED.plain);
    return gain === undefined ? [] : [`${ratio(gain.median)}× (${table.work})`];
  });
  return `> Hint: an index on the projected public paths made the library's read ${gains.join(' and ')} as fast. See the [recipe](../docs/performance.md#covered-queries).`;
}
