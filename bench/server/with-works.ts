import { MongoClient } from 'mongodb';

import type { Contender } from '../contenders/contender.ts';
import type { Work } from '../measure/work.ts';
import { sendToParent } from '../prepare/send-to-parent.ts';
import type { Size } from '../size.ts';
import { allWorks, type Chapter } from './all-works.ts';
import { checkAnswers } from './check-answers.ts';
import { type Group, openContenders } from './open-contenders.ts';

export type Works = ReadonlyMap<Chapter, readonly Work[]>;

/** The task of a child process. */
export interface Task {
  readonly uri: string;
  readonly database: string;
  readonly size: Size;
  readonly group: Group;
}

export function readTask(): Task {
  const [uri, database, size, group] = process.argv.slice(2);
  if (uri === undefined || database === undefined || size === undefined || group === undefined)
    throw new Error('This module is started by the benchmark');
  return { uri, database, size: JSON.parse(size) as Size, group: group as Group };
}

/** Connects the contenders, checks that they give the same answers, measures, and sends the result to the parent. */
export async function withWorks(
  { uri, database, size, group }: Task,
  measure: (works: Works) => Promise<unknown>,
): Promise<void> {
  const client = await new MongoClient(uri).connect();
  const contenders = await openContenders({ uri, database, client }, group);
  try {
    await checkAnswers(contenders);
    await sendToParent(await measure(await allWorks(client.db(database), contenders, size, group)));
  } finally {
    await closeAll(contenders);
    await client.close();
    process.disconnect();
  }
}

async function closeAll(contenders: readonly Contender[]): Promise<void> {
  for (const contender of contenders) await contender.close?.();
}
