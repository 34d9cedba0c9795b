import { MongoClient } from 'mongodb';

import type { Contender } from '../contenders/contender.ts';
import type { Work } from '../measure/work.ts';
import { sendToParent } from '../prepare/send-to-parent.ts';
import { allWorks, type Share } from './all-works.ts';
import type { Chapter } from './chapters.ts';
import { checkAnswers } from './check-answers.ts';
import { openContenders } from './open-contenders.ts';

export type Works = ReadonlyMap<Chapter, readonly Work[]>;

/** The task of a child process. */
export interface Task extends Share {
  readonly uri: string;
  readonly database: string;
}

export function readTask(): Task {
  const [uri, database, share] = process.argv.slice(2);
  if (uri === undefined || database === undefined || share === undefined)
    throw new Error('This module is started by the benchmark');
  return { uri, database, ...(JSON.parse(share) as Share) };
}

/** Connects the contenders, checks that they give the same answers, measures, and sends the result to the parent. */
export async function withWorks(
  { uri, database, ...share }: Task,
  measure: (works: Works) => Promise<unknown>,
): Promise<void> {
  const client = await new MongoClient(uri).connect();
  const contenders = await openContenders({ uri, database, client }, share.group);
  try {
    await checkAnswers(contenders);
    await sendToParent(await measure(await allWorks(client.db(database), contenders, share)));
  } finally {
    await closeAll(contenders);
    await client.close();
    process.disconnect();
  }
}

async function closeAll(contenders: readonly Contender[]): Promise<void> {
  for (const contender of contenders) await contender.close?.();
}
