import { resolve } from 'node:path';

import { readArguments } from './arguments.ts';
import { withSeeded } from './data/with-seeded.ts';
import type { JsonPass } from './json/json-pass.ts';
import { buildPackage } from './prepare/build-package.ts';
import { forkChild } from './prepare/fork-child.ts';
import { writeJsonResults } from './report/write-json-results.ts';
import { writeReport } from './report/write-report.ts';
import { QUICK, WHOLE, type Size } from './size.ts';

/** `npm run bench:json`: the client's CPU time from the server to the bytes of a response. Prints the tables and writes them. */
const { quick, out } = readArguments();
const size: Size = quick ? QUICK : { ...WHOLE, users: 20_000, lists: [1_000, 10_000], secondsPerWork: 25 };
buildPackage();
await withSeeded(size.users, async (uri, database) => {
  const args = [uri, database, JSON.stringify(size)];
  const module = resolve(import.meta.dirname, 'json/json-pass.ts');
  const works = await forkChild<JsonPass>(module, args, ['--expose-gc']);
  await writeReport(out, 'RESULTS-JSON.md', writeJsonResults(works, size.users));
});
