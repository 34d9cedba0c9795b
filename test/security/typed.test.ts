import { expect, it } from 'vitest';

import { ROWS } from './support/cells.ts';
import { FORMS } from './support/forms.ts';
import { noCounts, report } from './support/report.ts';
import { sampled } from './support/sample.ts';
import { faultsOfTypes, typedCellsOf } from './support/typed-program.ts';

/** How a cursor is read and whether a bulk is ordered make no difference to the types of a path; neither do forms of the same rule. */
const TYPED = ROWS.filter(
  ({ form, caller }) =>
    !/^find by (?!cursor)|Unordered/.test(caller.name) && FORMS.find(({ rule }) => rule === form.rule) === form,
);

it(
  'the compiler refuses what the rules refuse, and compiles the rest',
  () => {
    const cells = sampled(TYPED.flatMap(typedCellsOf), 250);
    const faults = faultsOfTypes(cells);
    const allowed = cells.filter(({ compiles }) => compiles).length;
    const counts = { tried: cells.length, allowed, refused: cells.length - allowed, differences: faults.length };
    report('paths, typed programs', { ...noCounts(), ...counts });
    expect(cells.length).toBeGreaterThan(200);
    expect(faults).toEqual([]);
  },
  10 * 60_000,
);
