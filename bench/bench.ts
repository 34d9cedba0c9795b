import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startServer } from '../scripts/mongod/start-server.ts';
import { readArguments } from './arguments.ts';
import { buildPackage } from './prepare/build-package.ts';
import { installPeers } from './prepare/install-peers.ts';
import { drawChart } from './report/draw-chart.ts';
import { summarize } from './report/summarize.ts';
import { writeReport } from './report/write-report.ts';
import { withChapter, writeResults } from './report/write-results.ts';
import { OWN_CHAPTERS, type OwnChapter } from './server/chapters.ts';
import { runChapter, runServerBench } from './server/run-server-bench.ts';
import { QUICK, WHOLE } from './size.ts';

const RESULTS = 'RESULTS.md';

/**
 * `npm run bench`: measures on a real server that it starts and stops, prints the tables and writes them. `-- --chapter scopes` measures and writes
 * one chapter only.
 */
const { quick, out, chapter } = readArguments(OWN_CHAPTERS);
const size = quick ? QUICK : WHOLE;
installPeers();
buildPackage();
const server = await startServer();
try {
  if (chapter === undefined) await runAll();
  else await runOne(chapter as OwnChapter);
} finally {
  await server.stop();
}

async function runAll(): Promise<void> {
  const summary = summarize(await runServerBench(server.uri, size));
  await writeReport(out, RESULTS, writeResults(summary, size));
  if (out !== undefined) await writeFile(join(out, 'chart.svg'), drawChart(summary));
}

async function runOne(only: OwnChapter): Promise<void> {
  const summary = summarize(await runChapter(server.uri, size, only));
  const before = await readFile(join(out ?? import.meta.dirname, RESULTS), 'utf8');
  await writeReport(out, RESULTS, withChapter(before, only, summary, size));
}
