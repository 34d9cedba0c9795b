/** `npm run docs:comparison`: asks the libraries of `bench/compare` the same questions, and writes the answers to docs/comparison.md. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Answer, Question } from '../../bench/compare/library.ts';
import { installPeers } from '../../bench/prepare/install-peers.ts';
import { startServer } from '../mongod/start-server.ts';
import { comparisonTables } from './comparison/comparison-table.ts';
import { replaceRegion } from './replace-region.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'docs/comparison.md');

installPeers();
const server = await startServer();
try {
  const script = join(ROOT, 'bench/compare/compare.ts');
  const args = ['--import', 'tsx', script, server.uri, `safe-collection-${randomUUID()}`];
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'bench/tsconfig.json') };
  const printed = execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  const answers = (JSON.parse(printed) as [Question, Answer][][]).map((each) => new Map(each));
  const text = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, replaceRegion(text, 'comparison', comparisonTables(answers)));
} finally {
  await server.stop();
}
console.log('docs/comparison.md is written.');
