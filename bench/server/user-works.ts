import type { Calls, Contender } from '../contenders/contender.ts';
import { makeUser, usernameOf } from '../data/make-user.ts';
import { type NewUser, parted } from '../data/new-user.ts';
import { between, type Random, seededRandom } from '../data/random.ts';
import type { Lane, Work } from '../measure/work.ts';
import type { Size } from '../size.ts';
import { mixedLoad } from './mixed-load.ts';

const INSERTED_AT_ONCE = 100;
const POOL = 500;
const LARGE = 10_000;

/** The work on users. Each lane uses the same users in the same order. */
export function userWorks(
  contenders: readonly Contender[],
  { users, lists, mixedCalls }: Size,
  clean: () => Promise<void>,
): readonly Work[] {
  const pool = Array.from({ length: POOL }, (_, index) => parted(makeUser(users + index)));
  const name = (random: Random): string => usernameOf(between(random, 0, users - 1));
  // Shared by all lanes: if a second lane wrote the same value as the first, it would change nothing.
  const ages = seededRandom(4);
  const newAge = (): number => between(ages, 18, 90);
  const fresh = (random: Random): NewUser => {
    const { input, set } = pool[between(random, 0, POOL - 1)] as NewUser;
    return { input: { ...input }, set: { ...set } };
  };
  return [
    workOf('findOne', contenders, 'findOne', (call, random) => () => call(name(random))),
    ...lists.map((limit) => listWork(`find ${grouped(limit)}, narrow`, contenders, 'narrow', limit)),
    ...lists.map((limit) => listWork(`find ${grouped(limit)}, wide`, contenders, 'wide', limit)),
    ...lists.slice(-2).map((limit) => listWork(`for await, ${grouped(limit)}`, contenders, 'iterate', limit)),
    { ...workOf('insertOne', contenders, 'insertOne', (call, random) => () => call(fresh(random))), clean },
    {
      ...workOf(
        'insertMany 100',
        contenders,
        'insertMany',
        (call, random) => () => call(Array.from({ length: INSERTED_AT_ONCE }, () => fresh(random))),
      ),
      clean,
    },
    workOf('updateOne', contenders, 'updateOne', (call, random) => () => call(name(random), newAge())),
    workOf('findOneAndUpdate', contenders, 'findOneAndUpdate', (call, random) => () => call(name(random), newAge())),
    workOf('aggregate, newest 100', contenders, 'aggregate', (call) => () => call(100)),
    workOf('countDocuments', contenders, 'countDocuments', (call, random) => () => call(between(random, 18, 90))),
    { ...mixedLoad(contenders, mixedCalls, name, newAge, fresh), clean },
  ];
}

type Prepare<K extends keyof Calls> = (call: Calls[K], random: Random) => () => Promise<unknown>;

function workOf<K extends keyof Calls>(
  name: string,
  contenders: readonly Contender[],
  key: K,
  prepare: Prepare<K>,
): Work {
  const lanes = contenders.flatMap((contender): readonly Lane[] => {
    const call = contender.calls[key];
    return call === undefined ? [] : [{ name: contender.name, run: prepare(call, seededRandom(1)) }];
  });
  return { name, lanes };
}

function listWork(
  name: string,
  contenders: readonly Contender[],
  key: 'narrow' | 'wide' | 'iterate',
  limit: number,
): Work {
  return { ...workOf(name, contenders, key, (call) => () => call(limit)), isLarge: limit >= LARGE };
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
