import { defineView } from 'safe-collection';

import type { Draw } from '../../property/support/draw.ts';
import { SCALARS } from './random-conditions.ts';

export interface Person {
  n: number;
  tags: string[];
  matrix: number[][];
  secret: string;
  homes: {
    city: string;
    code: string;
    geo: { lat: number; code: string };
    tags: string[];
    phones: { kind: string; code: string }[];
  }[];
}

export const personView = defineView<Person>()({
  public: { n: 1, tags: 1, matrix: 1, 'homes.city': 1, 'homes.geo.lat': 1, 'homes.tags': 1, 'homes.phones.kind': 1 },
  writable: { n: 1 },
  arrays: { tags: 1, matrix: 2, homes: 1, 'homes.tags': 1, 'homes.phones': 1 },
});

const scalar = (draw: Draw): unknown => draw.oneOf(SCALARS);
const several = (draw: Draw, most: number, make: (draw: Draw) => unknown): unknown[] =>
  Array.from({ length: draw.number(0, most) }, () => make(draw));
const some = (draw: Draw, key: string, make: (draw: Draw) => unknown): object =>
  draw.chance(25) ? {} : { [key]: make(draw) };

/** An element of `homes`. A scalar or `null` in the place of a subdocument is left out by the server, so it must not count. */
function home(draw: Draw): unknown {
  if (draw.chance(12)) return scalar(draw);
  return {
    code: 'private',
    ...some(draw, 'city', scalar),
    ...some(draw, 'geo', (each) =>
      each.chance(20) ? scalar(each) : { ...some(each, 'lat', scalar), code: 'private' },
    ),
    ...some(draw, 'tags', (each) => several(each, 3, scalar)),
    ...some(draw, 'phones', (each) => several(each, 2, () => ({ ...some(each, 'kind', scalar), code: 'private' }))),
  };
}

/** A document as the view declares it, with fields missing here and there. */
export function person(draw: Draw, n: number): object {
  return {
    n,
    secret: 'private',
    ...some(draw, 'tags', (each) => several(each, 4, scalar)),
    ...some(draw, 'matrix', (each) => several(each, 3, () => several(each, 2, (one) => one.number(0, 9)))),
    ...some(draw, 'homes', (each) => several(each, 4, home)),
  };
}
