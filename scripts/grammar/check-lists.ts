import { checkLists, CHANGES, SIDES } from './check-each.ts';
import { LISTS, WRITTEN_ONCE } from './lists.ts';

/** Prints, for each list of the grammar, which changes fail to compile. Ends with exit code 1 if one goes unnoticed. */
const outcomes = checkLists(LISTS);
const columns = SIDES.flatMap((side) => CHANGES.map((change) => ({ side, change })));

console.log(['list'.padEnd(22), ...columns.map(({ side, change }) => `${side} ${change}`.padEnd(15))].join(''));
for (const { grammar } of LISTS) {
  const cells = columns.map(({ side, change }) => {
    const outcome = outcomes.find((each) => each.list === grammar.name && each.side === side && each.change === change);
    return outcome === undefined ? 'one source' : outcome.error !== undefined ? 'fails' : 'UNNOTICED';
  });
  console.log([grammar.name.padEnd(22), ...cells.map((cell) => cell.padEnd(15))].join(''));
}
console.log(`Written once, read by guard and types: ${WRITTEN_ONCE.join(', ')}.`);

const unnoticed = outcomes.filter(({ error }) => error === undefined);
if (unnoticed.length > 0) {
  console.error(`${unnoticed.length} changes compile.`);
  process.exitCode = 1;
}
