import { fileURLToPath } from 'node:url';

import { measurePrograms, measureReads } from './measure-cost.ts';

/** Prints the cost of the types: `npm run types:cost`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, instantiations, limit } of [...measureReads(), ...measurePrograms()]) {
    console.log(
      `${name}: ${instantiations.toLocaleString('en')} instantiations (at most ${limit.toLocaleString('en')})`,
    );
  }
}
