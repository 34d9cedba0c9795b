import type { ObjectId } from 'mongodb';
import { createSafeDb, defineView } from 'safe-collection';
import { expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

interface Hall {
  _id: ObjectId;
  title: string;
  seats: { row: string; guest: ObjectId }[][];
  grid: ObjectId[][];
}
interface Guest {
  _id: ObjectId;
  name: string;
}

const hallView = defineView<Hall>()({
  public: { title: 1, 'seats.row': 1 },
  joinable: { 'seats.guest': 1, grid: 1 },
  arrays: { seats: 2, grid: 2 },
});
const guestView = defineView<Guest>()({ public: { name: 1 } });
const server = testServer();

interface Populated {
  findPopulated(filter: object, options: object): unknown;
}

/** The server does not look into an array of arrays, so every such join would be empty. */
it.for([
  ['halls', { 'seats.who': { from: 'guests', localField: 'seats.guest', foreignField: '_id' } }, 'seats.guest'],
  ['halls', { who: { from: 'guests', localField: 'seats.guest', foreignField: '_id' } }, 'seats.guest'],
  ['halls', { grid: { from: 'guests', localField: 'grid', foreignField: '_id' } }, 'grid'],
  ['guests', { halls: { from: 'halls', localField: '_id', foreignField: 'grid' } }, 'grid'],
] as const)('populate refuses a key in an array of arrays: %s %o', ([name, populate, path]) => {
  const safe = createSafeDb(server.db, { halls: hallView, guests: guestView }) as unknown as Readonly<
    Record<string, Populated>
  >;
  const projection = name === 'halls' ? ['seats.row'] : ['name'];
  const joins = Object.entries(populate).map(([as, join]) => {
    return [as, { ...join, projection: name === 'halls' ? ['name'] : ['title'] }];
  });
  const call = () => safe[name]?.findPopulated({}, { projection, populate: Object.fromEntries(joins) });
  expect(call).toThrow(
    expect.objectContaining({ code: 'join_invalid', path, message: expect.stringMatching(/in an array of arrays/) }),
  );
  expect(server.sent).toEqual([]);
});
