import { fileURLToPath } from 'node:url';

import { measureCost } from './measure-cost.ts';

/** Prints the cost of the types: `npm run types:cost`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, instantiations, limit } of measureCost()) {
    console.log(
      `${name}: ${instantiations.toLocaleString('en')} instantiations (at most ${limit.toLocaleString('en')})`,
    );
  }
}
