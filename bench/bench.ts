import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startServer } from '../scripts/mongod/start-server.ts';
import { readArguments } from './arguments.ts';
import { buildPackage } from './prepare/build-package.ts';
import { installPeers } from './prepare/install-peers.ts';
import { drawChart } from './report/draw-chart.ts';
import { summarize } from './report/summarize.ts';
import { writeReport } from './report/write-report.ts';
import { writeResults } from './report/write-results.ts';
import { runServerBench } from './server/run-server-bench.ts';
import { QUICK, WHOLE } from './size.ts';

/** `npm run bench`: measures on a real server that it starts and stops, prints the tables and writes them. */
const { quick, out } = readArguments();
const size = quick ? QUICK : WHOLE;
installPeers();
buildPackage();
const server = await startServer();
try {
  const summary = summarize(await runServerBench(server.uri, size));
  await writeReport(out, 'RESULTS.md', writeResults(summary, size));
  if (out !== undefined) await writeFile(join(out, 'chart.svg'), drawChart(summary));
} finally {
  await server.stop();
}
