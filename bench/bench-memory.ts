import { startServer } from '../scripts/mongod/start-server.ts';
import { readArguments } from './arguments.ts';
import { runMemoryBench } from './memory/run-memory-bench.ts';
import { buildPackage } from './prepare/build-package.ts';
import { writeMemoryResults } from './report/write-memory-results.ts';
import { writeReport } from './report/write-report.ts';

/** `npm run bench:memory`: the heap while a million documents are streamed. Prints the samples and writes them. */
const { quick, out } = readArguments();
const total = quick ? 10_000 : 1_000_000;
buildPackage();
const server = await startServer();
try {
  await writeReport(out, 'RESULTS-MEMORY.md', writeMemoryResults(await runMemoryBench(server.uri, total), total));
} finally {
  await server.stop();
}
