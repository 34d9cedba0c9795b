import type { InputCopy } from '../../input/copy-input.ts';
import { emit } from '../emit.ts';
import { readNamed } from './named-operands.ts';
import { bind, type Expression, type ParseExpression, type Scope } from './scope.ts';
import { isSame, merge, allowScalar, type Shape } from './shape.ts';

const OPERANDS = ['input', 'initialValue', 'in'];

/** A `$reduce` may have to be parsed twice, so each nested one doubles the work. */
const DEEPEST = 3;

/**
 * Parses a `$reduce`. `$$value` is the initial value first, and the result of `in` from the second element on, so its shape has to
 * allow both. `in` is parsed again with the merged shape, and refused if the shape still grows.
 */
export function reduce(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  if (scope.reduces === DEEPEST)
    return scope.call.refuse('pipeline_value', `$reduce is nested deeper than ${DEEPEST} levels.`, name);
  const {
    input,
    initialValue,
    in: body,
  } = readNamed(name, operand, { names: OPERANDS, required: OPERANDS }, scope.call);
  const elements = parse(input, scope);
  const initial = parse(initialValue, scope);
  const within = { ...scope, reduces: scope.reduces + 1 };
  const read = (value: Shape): Expression =>
    parse(
      body,
      bind(within, [
        ['this', elements.shape],
        ['value', value],
      ]),
    );
  const first = read(initial.shape);
  const value = allowScalar(merge([initial.shape, first.shape], scope.notes));
  const inside = isSame(value, initial.shape) ? first : read(value);
  if (!isSame(allowScalar(merge([value, inside.shape], scope.notes)), value)) refuseGrowing(name, scope);
  const emitted = emit('input', elements.emitted);
  emitted['initialValue'] = initial.emitted;
  emitted['in'] = inside.emitted;
  return { emitted: emit(name, emitted), shape: value };
}

function refuseGrowing(name: string, { call }: Scope): never {
  return call.refuse(
    'pipeline_value',
    '$reduce would return a different shape with each element. Give initialValue the shape that `in` returns.',
    name,
  );
}
