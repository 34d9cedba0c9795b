import { CASES } from './cases.ts';
import { measure } from './measure.ts';

/** Prints the cost of the guard for a warm call: from a caller's input to an authorised plan, without driver and server. */
console.log('µs per call: median (10th to 90th percentile of the rounds), bytes allocated per call');
for (const { name, budget, call } of CASES) {
  const { median, lowest, highest, bytes } = await measure(call);
  const spread = `(${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
  const limit = budget === undefined ? '' : `, budget ${budget}`;
  console.log(
    `${name.padEnd(46)}${median.toFixed(2).padStart(7)}  ${spread.padEnd(17)}${bytes.toFixed(0).padStart(6)} B${limit}`,
  );
}
