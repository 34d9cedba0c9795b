import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { op, SafeCollection } from 'safe-collection';

import { draws, type Draw } from '../property/support/draw.ts';
import { PROPERTY_TIMEOUT, runs } from '../property/support/runs.ts';
import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { person, personView } from './support/persons.ts';
import { elementCondition, valueCondition } from './support/random-conditions.ts';

const server = testServer();
const sort = { n: 1 } as const;

/** For each case new documents, and what the library and the server return for the same limit. */
async function compare(draw: Draw, field: string, limits: { readonly tagged: object; readonly plain: object }[]) {
  const raw = server.db.collection(`persons-${Math.random()}`);
  await raw.insertMany(Array.from({ length: 40 }, (_, n) => person(draw, n)));
  const persons = loose(new SafeCollection(raw as never, personView));
  for (const { tagged, plain } of limits) {
    const shown = await persons.find({}, { projection: { n: 1, [field]: op(tagged as never) }, sort }).toArray();
    const whole = await raw.find({}, { projection: { n: 1, [field]: plain }, sort }).toArray();
    const expected = whole.map((document) => personView.pick(document as never, ['n', field] as never));
    expect(shown, JSON.stringify(plain)).toEqual(expected);
  }
  await raw.drop();
}

const several = <T>(make: () => T): T[] => Array.from({ length: 12 }, make);
const matching = ({ tagged, plain }: { tagged: object; plain: object }) => ({
  tagged: { $elemMatch: tagged },
  plain: { $elemMatch: plain },
});

describe('an operator in a projection returns the public part of what the server returns', () => {
  it(
    '$elemMatch over subdocuments',
    async () => {
      const property = fc.asyncProperty(draws(), async (draw) => {
        await compare(
          draw,
          'homes',
          several(() => matching(elementCondition(draw))),
        );
      });
      await fc.assert(property, runs(15, 1));
    },
    PROPERTY_TIMEOUT,
  );

  it(
    '$elemMatch over single values',
    async () => {
      const property = fc.asyncProperty(draws(), async (draw) => {
        await compare(
          draw,
          'tags',
          several(() => matching(valueCondition(draw))),
        );
      });
      await fc.assert(property, runs(8, 2));
    },
    PROPERTY_TIMEOUT,
  );

  it(
    '$slice',
    async () => {
      const property = fc.asyncProperty(draws(), async (draw) => {
        const count = (): unknown =>
          draw.oneOf([0, 1, 2, -1, -2, 9, -9, 2 ** 31 - 1, [0, 1], [1, 2], [-1, 2], [-9, 2], [9, 1]]);
        for (const field of ['tags', 'matrix']) {
          const limits = several(() => ({ $slice: count() }));
          await compare(
            draw,
            field,
            limits.map((limit) => ({ tagged: limit, plain: limit })),
          );
        }
      });
      await fc.assert(property, runs(4, 3));
    },
    PROPERTY_TIMEOUT,
  );
});
