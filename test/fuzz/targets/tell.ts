const EVERY = 500;
let calls = 0;

/** Prints what came of the inputs so far, from time to time. */
export function tell(counts: object): void {
  calls += 1;
  if (calls % EVERY === 0) console.log(`${calls} inputs: ${JSON.stringify(counts)}`);
}
