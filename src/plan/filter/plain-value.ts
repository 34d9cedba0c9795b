import { BSONRegExp } from 'mongodb';

import type { InputCopy } from '../../input/copy-input.ts';
import { isScalar } from '../../view/leaf-kind.ts';

/** Whether a value is a scalar that is compared as it is: a regular expression searches. */
export function isPlainScalar(operand: InputCopy): boolean {
  return isScalar(operand) && !(operand instanceof BSONRegExp);
}
