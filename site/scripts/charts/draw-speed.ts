import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bar, drawBars } from '../../../bench/report/draw-bars.ts';
import { readTables, type TableRow } from './read-tables.ts';

interface Panel {
  readonly file: string;
  readonly heading: string;
  readonly title: string;
  readonly rows: readonly string[];
}

const PANELS: readonly Panel[] = [
  {
    file: 'bench/RESULTS-HTTP.md',
    heading: '1,000 users, 8 paths, 64 connections',
    title: 'An HTTP route that sends 1,000 users: speed, raw driver + projection = 1',
    rows: [
      'safe-collection, JSON, guarded',
      'safe-collection, objects',
      'raw driver + projection',
      'mongoose, lean',
      'raw driver, no projection',
    ],
  },
  {
    file: 'bench/RESULTS.md',
    heading: 'find 1,000, narrow',
    title: 'A read of 1,000 users: speed, raw driver + projection = 1',
    rows: [
      'safe-collection',
      'raw driver + projection',
      'papr',
      'mongoose, lean',
      'MikroORM',
      'raw driver, no projection',
    ],
  },
];

/** The chart of the start page, from the committed results. It takes its colours from the page. */
export function drawSpeed(root: string): string {
  const panels = PANELS.map(({ file, heading, title, rows }) => {
    const table = readTables(readFileSync(join(root, file), 'utf8')).get(heading) ?? [];
    return { title, bars: rows.map((name) => barOf(table, name, `${file}, ${heading}`)) };
  });
  return drawBars('Speed compared with the raw driver with the same projection', panels)
    .replace(/<style>.*?<\/style>\n/s, '')
    .replace('<svg ', '<svg class="speed" ');
}

function barOf(table: readonly TableRow[], name: string, place: string): Bar {
  const speed = table.find((row) => row.get('') === name)?.get('speed');
  const value = Number.parseFloat(speed ?? '');
  if (Number.isNaN(value)) throw new Error(`${place}: there is no speed of ${name}`);
  return { name, value, shown: value.toFixed(2), isSafe: name.startsWith('safe-collection') };
}
