import { resolve } from 'node:path';

import type { CountInstantiations } from '../count-instantiations.ts';
import type { Cost } from '../measure-cost.ts';
import { FIRST_CALLS } from './calls.ts';
import { LIBRARY } from './dialects.ts';
import { SERVICE, serviceSource } from './source.ts';

const SOURCES = resolve(import.meta.dirname, '../../../test/types');

/** The cost of the first call of some kinds on a collection, and of the collection itself. */
export function firstCallCosts(compiler: string, count: CountInstantiations): readonly Cost[] {
  const collection = serviceSource(LIBRARY, { collections: 1, calls: 0 });
  const before = count(SOURCES, collection);
  return [
    {
      name: `a view of 30 fields, ${compiler}`,
      limit: 4_000,
      instantiations: before - count(SOURCES, serviceSource(LIBRARY, { collections: 0, calls: 0 })),
    },
    ...FIRST_CALLS.map(({ name, limit, write }) => ({
      name: `${name}, ${compiler}`,
      limit,
      instantiations: count(SOURCES, `${collection}export const result = await ${write('c0', LIBRARY)};`) - before,
    })),
  ];
}

/** The cost of a whole service, without that of the library's own sources. */
export function serviceCost(compiler: string, count: CountInstantiations): Cost {
  const none = count(SOURCES, serviceSource(LIBRARY, { collections: 0, calls: 0 }));
  return {
    name: `a service of 60 collections and 600 calls, ${compiler}`,
    limit: 950_000,
    instantiations: count(SOURCES, serviceSource(LIBRARY, SERVICE)) - none,
  };
}
