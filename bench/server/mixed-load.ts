import type { Calls, Contender } from '../contenders/contender.ts';
import type { NewUser } from '../data/new-user.ts';
import { type Random, seededRandom } from '../data/random.ts';
import type { Lane, Work } from '../measure/work.ts';

const IN_FLIGHT = 64;
const LIST = 20;

type Needed = Pick<Calls, 'findOne' | 'narrow' | 'updateOne' | 'insertOne'>;

/** Of 20 calls 12 read one user, 4 read a list, 3 change one and 1 stores one; 64 run at any time. */
export function mixedLoad(
  contenders: readonly Contender[],
  total: number,
  name: (random: Random) => string,
  newAge: () => number,
  fresh: (random: Random) => NewUser,
): Work {
  const lanes = contenders.flatMap(({ name: lane, calls }): readonly Lane[] => {
    const { findOne, narrow, updateOne, insertOne } = calls;
    if (!findOne || !narrow || !updateOne || !insertOne) return [];
    const random = seededRandom(1);
    return [
      {
        name: lane,
        run: () => underWay(total, (turn) => oneOf({ findOne, narrow, updateOne, insertOne }, turn, random)),
      },
    ];
  });
  return { name: `mixed load, ${IN_FLIGHT} in flight`, lanes };

  function oneOf({ findOne, narrow, updateOne, insertOne }: Needed, turn: number, random: Random): Promise<unknown> {
    const kind = turn % 20;
    if (kind < 12) return findOne(name(random));
    if (kind < 16) return narrow(LIST);
    if (kind < 19) return updateOne(name(random), newAge());
    return insertOne(fresh(random));
  }
}

async function underWay(total: number, call: (turn: number) => Promise<unknown>): Promise<void> {
  let turn = 0;
  const work = async (): Promise<void> => {
    while (turn < total) {
      turn += 1;
      await call(turn);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}
