import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { confirm, isCancel, multiselect } from '@clack/prompts';

import { sampleFor } from '../database/sample-options.ts';
import { folderAt } from '../project/folder-at.ts';
import { flag, text, texts } from '../terminal/command.ts';
import type { Invocation } from '../terminal/command.ts';
import { writeText } from '../terminal/files.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { ViewPlan } from './view-plan.ts';
import { writeViews } from './write-views.ts';

/** Runs `init`. The result is the exit code. */
export async function runInit(invocation: Invocation): Promise<number> {
  const out = resolve(folderAt(invocation.folder), text(invocation, 'out') ?? 'views.ts');
  const isDry = flag(invocation, 'dry-run');
  if (!isDry && existsSync(out) && !flag(invocation, 'force'))
    throw new UsageError(`${shown(out)} already exists. Name another file with --out, or overwrite it with --force.`);
  const samples = await sampleFor(invocation);
  const { planProject } = await import('./plan-project.ts');
  const { plans, skipped, notes } = planProject({
    folder: invocation.folder,
    tsconfig: text(invocation, 'tsconfig'),
    samples,
    only: texts(invocation, 'collection'),
  });
  for (const note of notes) console.error(note);
  for (const { collection, why } of skipped) console.error(`${collection}: no view, as ${why}.`);
  if (plans.length === 0) {
    console.error(
      'There is no collection to write a view of. Is this the folder that holds your sources? A database can be sampled with --uri.',
    );
    return 1;
  }
  const chosen = isDry || flag(invocation, 'yes') || !process.stdin.isTTY ? plans : await choose(plans, out);
  if (chosen.length === 0) return 1;
  const written = writeViews(chosen, out);
  if (isDry) {
    console.log(written);
    return 0;
  }
  writeText(out, written);
  console.error(
    `Wrote ${shown(out)}: ${chosen.length} ${chosen.length === 1 ? 'view' : 'views'}. Read it, and remove what no client needs. Then lock it: safe-collection lock`,
  );
  return 0;
}

async function choose(plans: readonly ViewPlan[], out: string): Promise<readonly ViewPlan[]> {
  const names = await multiselect({
    message: 'Which collections get a view?',
    options: plans.map(({ collection, paths, leftOut }) => ({
      value: collection,
      label: collection,
      hint: `${paths.length} public, ${leftOut.length} left out`,
    })),
    initialValues: plans.map(({ collection }) => collection),
  });
  if (isCancel(names)) return [];
  const isSure = await confirm({ message: `Write ${shown(out)}?` });
  return isSure === true ? plans.filter(({ collection }) => names.includes(collection)) : [];
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
