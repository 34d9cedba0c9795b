import { expect, it } from 'vitest';

import { callContext } from '../../src/errors/call-context.ts';
import { copyInput } from '../../src/input/copy-input.ts';

it.for<readonly [value: unknown, message: string]>([
  [undefined, 'the stage holds undefined; leave it out.'],
  [() => 1, 'the stage holds a function, which is not plain data and not a BSON scalar.'],
  [Symbol('x'), 'the stage holds a symbol, which is not plain data and not a BSON scalar.'],
  [2n ** 64n, "the stage holds a bigint out of BSON's range, which is not plain data and not a BSON scalar."],
  [new Date(NaN), 'the stage holds an invalid date; check what it was parsed from.'],
  [new Map(), "the stage holds an instance of 'Map', which is not plain data and not a BSON scalar."],
])('the error of a value that is no data says what it is: %o', ([value, message]) => {
  expect(() => copyInput(value, 'the stage', callContext('aggregate', 'orders'))).toThrow(
    expect.objectContaining({ code: 'input_invalid', message }),
  );
});
