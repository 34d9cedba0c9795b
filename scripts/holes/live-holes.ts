import type { Hole } from './hole.ts';

/** Holes of filters that are sent as expressions. */
export const LIVE_HOLES: readonly Hole[] = [
  {
    title: 'watch() shows what a path through a private array hides',
    file: 'src/plan/projection/any-at-path.ts',
    closed: `mapped(ifArray(value, documents, [value]), each, inside)`,
    open: `mapped([value], each, inside)`,
    tests: ['test/live/private-fields.test.ts'],
  },
  {
    title: 'watch() shows what an $elemMatch at a private array hides',
    file: 'src/plan/projection/matches.ts',
    closed: `const found = comparesValues(condition)`,
    open: `const found = comparesValues(condition) || compared.stored.at(path) === undefined`,
    tests: ['test/live/private-fields.test.ts'],
  },
  {
    title: 'watch() shows what a RegExp in $all hides',
    file: 'src/plan/projection/matches.ts',
    closed: `(value) => equalsOrMatches(value, each)`,
    open: `(value) => equals(value, each)`,
    tests: ['test/live/private-fields.test.ts', 'test/projection/unknown-arrays.test.ts'],
  },
];
