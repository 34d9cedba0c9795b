import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { folderAt, ProjectError } from '../project/index.ts';
import { flag, text, texts } from '../terminal/command.ts';
import type { Invocation } from '../terminal/command.ts';
import { writeText } from '../terminal/files.ts';
import { uncommitted } from '../terminal/uncommitted.ts';
import { migrateProject } from './migrate-project.ts';
import type { Migration } from './migrate-project.ts';
import { JAVASCRIPT } from './project-notes.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Runs `migrate`. The result is the exit code. */
export async function runMigrate(invocation: Invocation): Promise<number> {
  const root = folderAt(invocation.folder);
  const missing = texts(invocation, 'only').find((path) => !existsSync(resolve(root, path)));
  if (missing !== undefined)
    throw new ProjectError(
      `There is no file or folder ${missing} in ${invocation.folder}: --only takes paths below it.`,
    );
  const migration = await migrationOf(invocation);
  const isWriting = flag(invocation, 'write');
  const kept = isWriting && !flag(invocation, 'force') ? uncommitted(root, [...migration.changes.keys()]) : [];
  if (kept.length > 0) {
    for (const line of aboutUncommitted(kept.map((path) => shown(root, path)))) console.error(line);
    return 1;
  }
  for (const [path, { before, after }] of migration.changes) {
    if (isWriting) writeText(path, after);
    else console.log(unifiedDiff(shown(root, path), before, after));
  }
  const source = SOURCES[text(invocation, 'from') ?? 'driver'] ?? 'the driver';
  for (const line of summary(migration, isWriting, source)) console.error(line);
  return 0;
}

function shown(root: string, path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}

/** A migration on top of changes that are not committed could not be told apart from them, or undone. */
function aboutUncommitted(paths: readonly string[]): readonly string[] {
  const more = paths.length > 10 ? [`… and ${paths.length - 10} more`] : [];
  return [
    'Nothing was written, because these files have changes that are not committed:',
    ...[...paths.slice(0, 10), ...more].map((path) => `  ${path}`),
    'Commit them first, so that git shows what migrate changed, or add --force.',
  ];
}

async function migrationOf(invocation: Invocation): Promise<Migration> {
  const options = {
    folder: invocation.folder,
    tsconfig: text(invocation, 'tsconfig'),
    only: texts(invocation, 'only'),
  };
  const from = text(invocation, 'from') ?? 'driver';
  const views = text(invocation, 'views');
  const schema = text(invocation, 'schema');
  if (schema !== undefined && from !== 'prisma') throw new UsageError('--schema goes with --from prisma.');
  if (views !== undefined && from === 'driver')
    throw new UsageError(
      '--views goes with --from mongoose and --from prisma. safe-collection init writes views of raw collections.',
    );
  if (from === 'driver') return migrateProject(options);
  const { migrateSource } = await import('../sources/migrate-source.ts');
  if (from === 'mongoose')
    return migrateSource((await import('../from-mongoose/read-mongoose.ts')).readMongoose, { ...options, views });
  if (from === 'prisma')
    return migrateSource((await import('../from-prisma/read-prisma.ts')).readPrisma(schema), { ...options, views });
  throw new UsageError(`--from takes driver, mongoose or prisma, and got ${from}.`);
}

const ABOUT_JAVASCRIPT =
  'Calls in JavaScript files are only listed. Rename one file at a time to .ts (strict may stay off), and run migrate --only on it.';

const SOURCES: Readonly<Record<string, string>> = { mongoose: 'a Mongoose model', prisma: 'a Prisma client' };

function summary(
  { changes, migrated, left, unknown, administration, isChecked, notes, faults }: Migration,
  isWriting: boolean,
  source: string,
): readonly string[] {
  const total = migrated + left.length;
  const untold = unknown.map(
    ({ file, line, method }) =>
      `${file}:${line} ${method}: it may be a call of the driver; what it is called on can’t be told`,
  );
  if (total === 0)
    return [
      ...notes,
      ...untold,
      `There is no call of ${source} to migrate. Is this the folder that holds your sources?`,
    ];
  const share = Math.floor((migrated / total) * 1000) / 10;
  return [
    ...left.map(({ file, line, method, reason }) => `${file}:${line} ${method}: ${reason}`),
    ...untold,
    `${migrated} of ${total} calls ${isWriting ? 'migrated' : 'can be migrated'} (${share} %), ${left.length} left with a mark.${administration === 0 ? '' : ` ${administration} more are administration, which stays with the driver.`}`,
    ...notes,
    ...(left.some(({ reason }) => reason === JAVASCRIPT) ? [ABOUT_JAVASCRIPT] : []),
    ...(migrated === 0 || isChecked
      ? []
      : ['Nothing was compiled, as safe-collection is not installed here: npm install safe-collection']),
    ...faults.map((fault) => `It does not compile yet: ${fault}`),
    ...(isWriting || changes.size === 0 ? [] : ['Nothing was written. Write it with --write.']),
  ];
}
