import { existsSync, readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { quickProjects } from './quick-projects.ts';
import { runSuite, type Suite } from './run-suite.ts';

const ROOT = resolve(import.meta.dirname, '..');
const VITEST = resolve(ROOT, 'node_modules/vitest/vitest.mjs');
const INTEROP = resolve(ROOT, 'scripts/interop/run-interop.ts');
const TYPE_TESTS = resolve(ROOT, 'scripts/types/run-type-tests.ts');

/** The packages, which have their own test suites. */
const PACKAGES = readdirSync(resolve(ROOT, 'packages'))
  .map((name) => resolve(ROOT, 'packages', name))
  .filter((folder) => existsSync(resolve(folder, 'vitest.config.ts')));

const asked = process.argv.slice(2);
const suites = suitesFor(asked);
const failed: Suite[] = [];
// All suites run, even after one has failed. They run one after another, because each uses both cores of a small machine.
for (const suite of suites) if (!(await runSuite(suite, ROOT))) failed.push(suite);
if (failed.length > 0) process.exitCode = 1;

function suitesFor(args: readonly string[]): readonly Suite[] {
  if (args.length === 0) return quickSuites();
  return args.length === 1 && args[0] === '--slow' ? slowSuites() : areasOf(args);
}

function quickSuites(): readonly Suite[] {
  return [{ name: 'safe-collection', args: [VITEST, 'run', ...quickProjects] }, typeTests('quick')];
}

/** The tests that only CI runs: the packages, the installed package, older compilers, the benchmark. */
function slowSuites(): readonly Suite[] {
  return [
    { name: 'safe-collection, slow', args: [VITEST, 'run', '--project', 'slow'] },
    ...PACKAGES.map((folder) => ({ name: relative(ROOT, folder), args: [VITEST, 'run', '--root', folder] })),
    { name: 'examples/interop', args: ['--import', 'tsx', INTEROP] },
    typeTests('slow'),
  ];
}

function typeTests(...speed: readonly string[]): Suite {
  return { name: ['types', ...speed].join(', '), args: ['--import', 'tsx', TYPE_TESTS, ...speed] };
}

/** `npm test -- test/write` runs only the tests of that folder; `packages/cli` is a package, `test/types` are the type tests. */
function areasOf(args: readonly string[]): readonly Suite[] {
  const paths = args.filter((arg) => !arg.startsWith('-'));
  const [first = ''] = paths;
  if (paths.length === 1 && first.startsWith('test/types')) return [typeTests()];
  const folder = PACKAGES.find((each) => `${first}/`.startsWith(`${relative(ROOT, each)}/`));
  if (folder === undefined) return [{ name: 'safe-collection', args: [VITEST, 'run', ...args] }];
  const inside = args.map((arg) => relative(relative(ROOT, folder), arg)).filter((arg) => arg !== '');
  return [{ name: relative(ROOT, folder), args: [VITEST, 'run', '--root', folder, ...inside] }];
}
