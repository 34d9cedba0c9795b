import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The files that are published. */
const PUBLISHED = /^(?:dist\/[\w.-]+\.(?:js|cjs|d\.ts|d\.cts)|LICENSE|README\.md|CHANGELOG\.md|package\.json)$/;
const REQUIRED = [
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'package.json',
  'dist/index.js',
  'dist/index.cjs',
  'dist/index.d.ts',
  'dist/index.d.cts',
];
const LARGEST = 600_000;

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const { stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: ROOT,
  encoding: 'utf8',
});
const [packed] = JSON.parse(stdout) as readonly [Packed?];
if (packed === undefined) throw new Error(`npm packed nothing: ${stderr}`);

const names = packed.files.map(({ path }) => path);
const faults = [
  ...names.filter((name) => !PUBLISHED.test(name)).map((name) => `${name} is not to be published`),
  ...REQUIRED.filter((name) => !names.includes(name)).map((name) => `${name} is missing: run npm run build first`),
  ...(packed.size > LARGEST ? [`${packed.size} bytes are more than ${LARGEST}`] : []),
];
for (const fault of faults) console.error(`the tarball: ${fault}`);
console.log(`the tarball: ${names.length} files, ${Math.round(packed.size / 1000)} kB`);
if (faults.length > 0) process.exitCode = 1;
