import { relative, resolve } from 'node:path';

import colors from 'picocolors';

import { flag, text } from '../terminal/command.ts';
import type { Invocation } from '../terminal/command.ts';
import { compareLocks } from './compare-locks.ts';
import type { Change } from './compare-locks.ts';
import { findViews } from './find-views.ts';
import type { FoundViews } from './find-views.ts';
import { readLock, writeLock } from './lock-file.ts';

const LOCK = 'views.lock.json';

/** Runs `lock`. The result is the exit code. */
export async function runLock(invocation: Invocation): Promise<number> {
  const path = resolve(invocation.folder, text(invocation, 'file') ?? LOCK);
  const found = findViews(invocation.folder);
  const views = Object.fromEntries([...found.views].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  for (const note of found.notes) console.error(note);
  const locked = readLock(path);
  const isCheck = flag(invocation, 'check');
  if (isCheck && locked === undefined) {
    if (found.views.size === 0) print([], found);
    console.error(
      `There is no ${relative(process.cwd(), path) || path}. Write it with safe-collection lock, and commit it.`,
    );
    return 1;
  }
  const changes = locked === undefined ? [] : compareLocks(locked.views, views);
  if (flag(invocation, 'json')) console.log(JSON.stringify({ changes, unread: found.unread }, null, 2));
  else print(changes, found);
  if (isCheck) return verdict(changes, found);
  writeLock(path, views);
  console.error(
    `Wrote ${relative(process.cwd(), path) || path}: ${found.views.size} ${found.views.size === 1 ? 'view' : 'views'}. Commit it.`,
  );
  return 0;
}

function print(changes: readonly Change[], { views, unread }: FoundViews): void {
  for (const { kind, says } of changes)
    console.log(
      kind === 'widening' ? `${colors.red('+')} this change ${says}` : `${colors.green('-')} this change ${says}`,
    );
  for (const { name, file, line, why } of unread) {
    console.log(
      `${colors.red('!')} ${file}:${line} the view ${name} can’t be read: ${why}. Write it out where it is defined.`,
    );
  }
  if (views.size === 0 && unread.length === 0)
    console.log('No defineView() was found. Is this the folder that holds your sources?');
}

function verdict(changes: readonly Change[], { unread, views }: FoundViews): number {
  const widenings = changes.filter(({ kind }) => kind === 'widening').length;
  if (widenings > 0)
    console.error(
      `${widenings} ${widenings === 1 ? 'change allows' : 'changes allow'} more than views.lock.json. If that is meant, run safe-collection lock and commit the file.`,
    );
  if (unread.length > 0) console.error(`${unread.length} ${unread.length === 1 ? 'view' : 'views'} can’t be checked.`);
  if (widenings > 0 || unread.length > 0) return 1;
  console.error(
    `No view of ${views.size} allows more${changes.length > 0 ? '; some allow less: run safe-collection lock to record it' : ''}.`,
  );
  return 0;
}
