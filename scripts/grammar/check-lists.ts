import { checkLists, CHANGES, SIDES } from './check-each.ts';
import { LISTS, WRITTEN_ONCE } from './lists.ts';

/** Prints, for each list of the grammar, which changes fail to compile. Ends with exit code 1 if one goes unnoticed. */
const outcomes = await checkLists(LISTS);
const columns = SIDES.flatMap((side) => CHANGES.map((change) => ({ side, change })));

console.log(['list'.padEnd(22), ...columns.map(({ side, change }) => `${side} ${change}`.padEnd(15))].join(''));
for (const { grammar } of LISTS) {
  const cells = columns.map(({ side, change }) => {
    const outcome = outcomes.find((each) => each.list === grammar.name && each.side === side && each.change === change);
    return outcome === undefined ? 'one source' : outcome.isNoticed ? 'fails' : 'UNNOTICED';
  });
  console.log([grammar.name.padEnd(22), ...cells.map((cell) => cell.padEnd(15))].join(''));
}
console.log(`Written once, read by guard and types: ${WRITTEN_ONCE.join(', ')}.`);

const unnoticed = outcomes.filter(({ isNoticed }) => !isNoticed);
if (unnoticed.length > 0) {
  console.error(`${unnoticed.length} changes compile.`);
  process.exitCode = 1;
}
