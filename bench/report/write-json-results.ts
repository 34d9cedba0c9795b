import { PRINTED } from '../json/json-lanes.ts';
import type { WorkSamples } from '../measure/work.ts';
import { tableOf } from './summarize.ts';
import type { Table } from './summary.ts';
import { estimated, markdownTable, milliseconds } from './table.ts';
import { machine, versionOf } from './versions.ts';

/** The client's CPU time of reads that are printed, as Markdown. */
export function writeJsonResults(works: readonly WorkSamples[], users: number): string {
  const tables = works.map((work) => tableOf(work, undefined, new Map(), new Map()));
  return `${[
    '# From the server to JSON',
    'Made by `npm run bench:json`; do not edit. How it is measured: [performance](../docs/performance.md).',
    `${machine()}, mongodb ${versionOf('mongodb', 'root')}, ${users.toLocaleString('en')} users. From the call to the bytes of a response, in one process, over a real server. Each row is compared with the first one of its table, round by round: the median of the ratios, and in parentheses a 95 % bootstrap interval. **CPU** is the client's processor time.`,
    'In the first table, how many times as much CPU each takes as `findJson`:',
    markdownTable(['', 'raw driver + stringify', 'objects + stringify'], tables.map(inShort)),
    ...tables.map(section),
  ].join('\n\n')}\n`;
}

function inShort(table: Table): readonly string[] {
  const times = (lane: string): string => {
    const found = table.cpuOf(lane, PRINTED.json);
    return found === undefined ? '' : estimated(found);
  };
  return [table.work, times(PRINTED.raw), times(PRINTED.objects)];
}

function section({ work, rounds, rows }: Table): string {
  const cells = rows.map(({ lane, wallMs, speed, cpu }) => [
    lane,
    milliseconds(wallMs),
    estimated(speed),
    estimated(cpu),
  ]);
  return `## ${work}\n\n${rounds} rounds.\n\n${markdownTable(['', 'ms', 'speed', 'CPU'], cells)}`;
}
