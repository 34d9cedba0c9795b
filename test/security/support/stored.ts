import { isDeepStrictEqual } from 'node:util';

import type { Db } from 'mongodb';

import { accountsIn, IDS, type Account, type World } from './world.ts';

const KNOWN = new Set(IDS.map(String));
const FIELDS = new Set(Object.keys(accountsIn(0, false)[0] as object));

/** What a write left behind. */
export interface StateAfter {
  /** What it did to private data, to the rows of others, or differently in the two worlds. */
  readonly fault: string | undefined;
  /** Whether both worlds are as they were, as after most writes that match nothing. */
  readonly isAsBefore: boolean;
}

export async function stateAfter(dbs: readonly [Db, Db], isScoped: boolean): Promise<StateAfter> {
  const rows = await Promise.all(dbs.map(rowsIn));
  const isAsBefore = rows.every((each, world) => isDeepStrictEqual(each, accountsIn(world as World, isScoped)));
  return { fault: isAsBefore ? undefined : faultIn(rows, isScoped), isAsBefore };
}

function faultIn([first = [], second = []]: readonly Account[][], isScoped: boolean): string | undefined {
  for (const world of [0, 1] as const) {
    const fault = faultOfPrivate([first, second][world] as Account[], world, isScoped);
    if (fault !== undefined) return fault;
  }
  const [one, other] = [publicOf(first), publicOf(second)];
  if (isDeepStrictEqual(one, other)) return undefined;
  const at = one.findIndex((row, index) => !isDeepStrictEqual(row, other[index]));
  return `the stored public data differ: ${print(one[at])} and ${print(other[at])}, ${one.length} and ${other.length} rows`;
}

async function rowsIn(db: Db): Promise<Account[]> {
  return await db.collection<Account>('accounts').find().toArray();
}

/** Private fields and the rows of others are as they were, and new rows have none. */
function faultOfPrivate(rows: readonly Account[], world: World, isScoped: boolean): string | undefined {
  const before = accountsIn(world, isScoped);
  const others = (all: readonly Account[]) => all.filter(({ tenant }) => tenant === 'globex');
  if (isScoped && !isDeepStrictEqual(others(rows), others(before))) return 'rows of another tenant changed';
  for (const row of rows) {
    const old = before.find(({ _id }) => _id.equals(row._id));
    const extra = Object.keys(row).filter((name) => !FIELDS.has(name));
    if (extra.length > 0) return `a field that the view does not name was stored: ${extra.join(', ')}`;
    const [was, is] = [privateOf(old, row), privateOf(row, row)];
    if (!isDeepStrictEqual(was, is)) return `private data changed: ${print(was)} and ${print(is)}`;
  }
  return undefined;
}

/** The private fields of a row. The codes count only where the number of addresses is the same. */
function privateOf(row: Account | undefined, like: Account): object {
  // A new row has none of them.
  const codes = (row?.addresses ?? []).map(({ access_code }) => access_code).filter((code) => code !== undefined);
  const sameAddresses = row === undefined || row.addresses?.length === like.addresses?.length;
  return {
    password_hash: row?.password_hash,
    ssn: row?.profile?.ssn,
    late: row?.scores?.['2025'],
    codes: sameAddresses ? codes : [],
  };
}

function publicOf(rows: readonly Account[]): readonly object[] {
  return rows
    .filter(({ tenant }) => tenant !== 'globex')
    .map(({ _id, username, age, team, tags, profile, addresses, settings, scores }) => ({
      _id: KNOWN.has(String(_id)) ? String(_id) : 'new',
      username: withoutNow(username),
      age,
      team,
      tags,
      bio: profile?.bio,
      cities: addresses?.map(({ city }) => withoutNow(city)),
      settings: JSON.stringify(settings, (_, value: unknown) => withoutNow(value)),
      score: withoutNow(scores?.['2024']),
    }));
}

/** The time of a write is another one in each world. */
function withoutNow(value: unknown): unknown {
  const isTime = value instanceof Date || (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value));
  return isTime ? 'a time' : value;
}

function print(value: unknown): string {
  return (JSON.stringify(value) ?? 'none').slice(0, 400);
}
