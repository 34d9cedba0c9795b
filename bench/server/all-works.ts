import type { Db } from 'mongodb';

import type { Contender } from '../contenders/contender.ts';
import type { Work } from '../measure/work.ts';
import type { Size } from '../size.ts';
import { coveredWorks } from './covered-works.ts';
import { idWorks } from './id-works.ts';
import { jsonWorks } from './json-works.ts';
import { type Group, scratchCollections } from './open-contenders.ts';
import { orderWorks } from './order-works.ts';
import { pageWorks } from './page-works.ts';
import { userWorks } from './user-works.ts';

/** The chapters of the results. */
export type Chapter = 'users' | 'orders' | 'pages' | 'ids' | 'covered' | 'json';

/** All pieces of work, by chapter. */
export async function allWorks(
  db: Db,
  contenders: readonly Contender[],
  size: Size,
  group: Group,
): Promise<ReadonlyMap<Chapter, readonly Work[]>> {
  const clean = async (): Promise<void> => {
    for (const name of scratchCollections(group)) await db.collection(name).drop();
  };
  const users: readonly Work[] = userWorks(contenders, size, clean);
  if (group === 'peers') return new Map([['users', users]]);
  return new Map<Chapter, readonly Work[]>([
    ['users', users],
    ['orders', orderWorks(db)],
    ['pages', await pageWorks(db)],
    ['ids', idWorks(db)],
    ['covered', coveredWorks(db, size)],
    ['json', await jsonWorks()],
  ]);
}
