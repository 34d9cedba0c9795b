import { callContext } from '../errors/call-context.ts';
import { issueMark, payloadOf } from '../input/marks.ts';
import { isInputObject, copyInput, type InputObject } from '../input/copy-input.ts';
import type { CheckOperators, Op, OperatorsShape } from '../types/op.ts';
import type { WrittenAs } from '../types/written.ts';

/**
 * Tags query operators as the program's own. A filter accepts operators only in this form, because
 * `{ username: req.query.username }` with `?username[$ne]=` is operator injection, and a cast hides it from the compiler. A
 * projection accepts `$slice` and `$elemMatch` in it.
 *
 * @param written - MongoDB's own operators: `$eq $ne $gt $gte $lt $lte $in $nin $exists $type $not $size $all $mod
 *   $regex $options $elemMatch`. They are copied at once; later changes to the object have no effect.
 * @returns a value to use at a leaf of a filter.
 * @throws RefusedCallError if the argument is not plain data. The operators and operands are checked against the view when
 *   the value is used.
 * @example
 * await users.find({ age: op({ $gte: 18, $lt: 65 }) }, { projection: ['username'] }).toArray();
 */
export function op<const O extends OperatorsShape>(written: WrittenAs<O, OperatorsShape> & CheckOperators<O>): Op<O> {
  const call = callContext('op', undefined);
  const copied = copyInput(written, 'op()', call);
  if (!isInputObject(copied) || Object.keys(copied).length === 0) {
    return call.refuse('argument_invalid', 'op() takes an object with at least one query operator.');
  }
  return issueMark('operators', copied) as Op<O>;
}

/** The operators in a value of `op()`, or `undefined` if `op()` did not make it. */
export function operatorsIn(value: unknown): InputObject | undefined {
  return payloadOf(value, 'operators') as InputObject | undefined;
}
