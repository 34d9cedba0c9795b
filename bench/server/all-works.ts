import type { Db } from 'mongodb';

import type { Contender } from '../contenders/contender.ts';
import type { Work } from '../measure/work.ts';
import type { Size } from '../size.ts';
import { OWN_CHAPTERS, type Chapter, type OwnChapter } from './chapters.ts';
import { coveredWorks } from './covered-works.ts';
import { idWorks } from './id-works.ts';
import { jsonWorks } from './json-works.ts';
import { type Group, scratchCollections } from './open-contenders.ts';
import { orderWorks } from './order-works.ts';
import { pageWorks } from './page-works.ts';
import { scopeWorks } from './scope-works.ts';
import { userWorks } from './user-works.ts';

type Works = (db: Db, size: Size) => readonly Work[] | Promise<readonly Work[]>;

const BY_THEMSELVES: Readonly<Record<OwnChapter, Works>> = {
  orders: orderWorks,
  scopes: scopeWorks,
  pages: pageWorks,
  ids: idWorks,
  covered: coveredWorks,
  json: jsonWorks,
};

/** What a process measures. */
export interface Share {
  readonly size: Size;
  readonly group: Group;
  /** The only chapter, or all of them. */
  readonly only?: OwnChapter | undefined;
}

/** All pieces of work, by chapter. */
export async function allWorks(
  db: Db,
  contenders: readonly Contender[],
  { size, group, only }: Share,
): Promise<ReadonlyMap<Chapter, readonly Work[]>> {
  const works = new Map<Chapter, readonly Work[]>();
  if (only === undefined)
    works.set(
      'users',
      userWorks(contenders, size, async () => await clean(db, group)),
    );
  if (group === 'peers') return works;
  for (const chapter of only === undefined ? OWN_CHAPTERS : [only])
    works.set(chapter, await BY_THEMSELVES[chapter](db, size));
  return works;
}

async function clean(db: Db, group: Group): Promise<void> {
  for (const name of scratchCollections(group)) await db.collection(name).drop();
}
