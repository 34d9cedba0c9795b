import type { InputCopy } from '../../input/copy-input.ts';
import { requirePath } from './field-path.ts';
import type { Expression, ParseExpression, Scope } from './scope.ts';
import { ofAnyDepth } from './shape.ts';

/**
 * The operand of an operator that uses numbers or counts elements, and ignores all other stored values. A field that only such
 * operators use has to exist, but its values are not checked.
 */
export function parseCounted(operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  if (typeof operand !== 'string' || !operand.startsWith('$') || operand.startsWith('$$')) return parse(operand, scope);
  const shape = requirePath(scope.shape, operand.slice(1), 'an expression', scope.call);
  scope.notes.keep(shape);
  return { emitted: operand, shape: ofAnyDepth(shape) };
}
