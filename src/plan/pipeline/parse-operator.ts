import { quote } from '../../errors/quote.ts';
import { isInputArray, type InputCopy } from '../../input/copy-input.ts';
import { emit } from '../emit.ts';
import { parseNamed } from './named-operands.ts';
import { ARITY, COUNTING, FIRST_OPERAND, MERGING, NAMED, POSITIONAL } from './operator-table.ts';
import { parseCounted } from './parse-counted.ts';
import type { Expression, ParseExpression, Scope } from './scope.ts';
import { COMPUTED, merge, allowScalar, type Shape } from './shape.ts';
import { SPECIAL } from './special-operators.ts';

const ANY_NUMBER = [0, Infinity] as const;

/** Parses one operator of an expression. Operators that are in no table are refused. */
export function parseOperator(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  if (POSITIONAL.has(name)) return positional(name, operand, scope, parse, () => COMPUTED);
  if (MERGING.has(name))
    return positional(name, operand, scope, parse, (shapes) => allowScalar(merge(shapes, scope.notes)));
  if (FIRST_OPERAND.has(name))
    return positional(name, operand, scope, parse, ([first]) => allowScalar(first ?? COMPUTED));
  const named = NAMED.get(name);
  if (named !== undefined) {
    const { emitted, shapeOf } = parseNamed(name, operand, named, scope, parse);
    return {
      emitted: emit(name, emitted),
      shape: merge([COMPUTED, shapeOf('onNull'), shapeOf('onError')], scope.notes),
    };
  }
  const special = SPECIAL.get(name);
  if (special !== undefined) return special(name, operand, scope, parse);
  return scope.call.refuse('pipeline_expression', `${quote(name)} is not allowed in an expression.`, name);
}

function positional(
  name: string,
  operand: InputCopy,
  scope: Scope,
  parse: ParseExpression,
  shapeOf: (operands: readonly Shape[]) => Shape,
): Expression {
  checkArity(name, isInputArray(operand) ? operand.length : 1, scope);
  const operands = isInputArray(operand)
    ? operand.map((each) => parse(each, scope))
    : [COUNTING.has(name) ? parseCounted(operand, scope, parse) : parse(operand, scope)];
  const emitted = isInputArray(operand) ? operands.map((each) => each.emitted) : operands[0]?.emitted;
  return { emitted: emit(name, emitted), shape: shapeOf(operands.map(({ shape }) => shape)) };
}

function checkArity(name: string, count: number, { call }: Scope): void {
  const [fewest, most] = ARITY.get(name) ?? ANY_NUMBER;
  if (count >= fewest && count <= most) return;
  const bound = most === Infinity ? 'or more' : `to ${most}`;
  call.refuse(
    'pipeline_value',
    `${name} takes ${fewest === most ? fewest : `${fewest} ${bound}`} ${most === 1 ? 'operand' : 'operands'}, not ${count}.`,
    name,
  );
}
