import type { CallerKind } from './callers.ts';
import { CODES, type Expectation } from './rules.ts';
import type { PlaceKind } from './value-places.ts';
import type { ValueGroup } from './values.ts';

/** The columns of the table. */
const GROUPS: readonly ValueGroup[] = [
  'scalar',
  'null',
  'pattern',
  'array of scalars',
  'array of arrays',
  'object',
  'operator without op()',
  'op()',
  'trusted()',
  'never',
];

/**
 * What each kind of place does with each kind of value, from the docs: `+` takes it, `-code` refuses it with that code. A second code is for
 * objects in which a key is the reason, and for strings that name a path. Nothing takes what is not plain data.
 */
const TABLE = `
                           scalar  null    pattern array   arrays  object         operator       op()      trusted() never
compared                 | +       +       +       -value  -value  -value         -untagged      +         -value    -input
compared @privileged     | +       +       +       +       +       -value         -untagged      +         -value    -input
exact _id                | +       +       -value  -value  -value  +/value        -untagged      -operator -value    -input
exact _id @privileged    | +       +       +       +       +       +/value        -untagged      +         -value    -input
operand                  | +       +       -value  -value  -value  -value         -value         -value    -value    -input
listed operand           | +       +       +       -value  -value  -value         -value         -value    -value    -input
stored leaf              | +       +       +       -written -written -written     -written       -written  -written  -input
compared and moved by $max | +     +       -written -written -written -written    -written       -written  -written  -input
copied from a filter     | +       +       +       -value  -value  -value         -untagged      +         -value    -input
stored array             | -written +      -written +      -written -written      -written       -written  -written  -input
stored element           | +       +       +       -written -written -written     -written       -written  -written  -input
stored subtree           | +       +       +       +       +       +/write        -write         -written  -written  -input
trusted leaf             | +       +       +       -written -written -written/write -write       -written  -written  -input
trusted filter           | +       +       +       +       +       -value         -untagged      +         -value    -input
trusted filter @refused  | -argument -argument -argument -argument -argument -argument -argument -argument -argument -input
literal                  | +       +       +       +       +       +/pipevalue    -pipevalue     -pipevalue -pipevalue -input
operand of an expression | +/pipe  +       +       +       +       +expression/pipevalue -expression/pipevalue -pipevalue -pipevalue -input
`;

const ROWS = new Map<string, readonly string[]>(
  TABLE.split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [name = '', cells = ''] = line.split('|').map((each) => each.trim());
      return [name, cells.split(/\s+/)];
    }),
);

/** Trusted values in the place of a filter are for finds and writes. */
const WITHOUT_TRUSTED: ReadonlySet<CallerKind> = new Set(['pipeline', 'privileged']);

/** What the table says. Throws for a cell that is not in it. */
export function valueExpectation(
  place: PlaceKind,
  caller: CallerKind,
  group: ValueGroup,
): Expectation & { readonly mayBe: boolean } {
  const name =
    place === 'trusted filter' && WITHOUT_TRUSTED.has(caller)
      ? 'trusted filter @refused'
      : ROWS.has(`${place} @${caller}`)
        ? `${place} @${caller}`
        : place;
  const mark = ROWS.get(name)?.[GROUPS.indexOf(group)];
  const [, sign, first, second] = /^([+-])(\w*)(?:\/(\w+))?$/.exec(mark ?? '') ?? [];
  if (sign === undefined) throw new Error(`The table of values has no cell for ${place} (${caller}, ${group}).`);
  const codes = [first, second].filter((short) => short !== undefined && short !== '').map(codeOf);
  return { isAllowed: sign === '+', codes, compiles: false, mayBe: sign === '+' && codes.length > 0 };
}

function codeOf(short: string | undefined): Expectation['codes'][number] {
  const code = CODES[short ?? ''];
  if (code === undefined) throw new Error(`The table of values has an unknown code: ${short}`);
  return code;
}
