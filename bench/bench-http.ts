import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readArguments } from './arguments.ts';
import { withSeeded } from './data/with-seeded.ts';
import { QUICK_HTTP, WHOLE_HTTP } from './http/http-size.ts';
import { runHttpBench } from './http/run-http-bench.ts';
import { buildPackage } from './prepare/build-package.ts';
import { installPeers } from './prepare/install-peers.ts';
import { drawHttpChart } from './report/draw-http-chart.ts';
import { summarizeHttp } from './report/summarize-http.ts';
import { writeHttpResults } from './report/write-http-results.ts';
import { writeReport } from './report/write-report.ts';

/** `npm run bench:http`: Fastify servers on top of each way to read, under load. Prints the tables and writes them, with a chart. */
const { quick, out } = readArguments();
const size = quick ? QUICK_HTTP : WHOLE_HTTP;
installPeers();
buildPackage();
await withSeeded(size.users, async (uri, database) => {
  const tables = summarizeHttp(await runHttpBench({ uri, database }, size));
  await writeReport(out, 'RESULTS-HTTP.md', writeHttpResults(tables, size));
  if (out !== undefined) await writeFile(join(out, 'chart-http.svg'), drawHttpChart(tables));
});
