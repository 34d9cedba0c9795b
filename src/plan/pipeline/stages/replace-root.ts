import type { InputCopy } from '../../../input/copy-input.ts';
import { emit } from '../../emit.ts';
import { readNamed } from '../named-operands.ts';
import { parseExpression } from '../parse-expression.ts';
import { movingScopeOf, type Expression } from '../scope.ts';
import type { ParsedStage, StageContext } from '../stage.ts';

/** `$replaceRoot`: replaces each document by another one. */
export function replaceRoot(operand: InputCopy, context: StageContext): ParsedStage {
  const { newRoot } = readNamed('$replaceRoot', operand, { names: ['newRoot'], required: ['newRoot'] }, context.call);
  const { emitted, shape } = root('$replaceRoot', newRoot, context);
  return { emitted: emit('$replaceRoot', emit('newRoot', emitted)), shape };
}

/** `$replaceWith`: the short form. */
export function replaceWith(operand: InputCopy, context: StageContext): ParsedStage {
  const { emitted, shape } = root('$replaceWith', operand, context);
  return { emitted: emit('$replaceWith', emitted), shape };
}

/** A leaf is refused: if a subdocument were stored there, its keys would become fields. */
function root(stage: string, value: InputCopy, context: StageContext): Expression {
  const parsed = parseExpression(value, movingScopeOf(context));
  if (parsed.shape.kind === 'leaf')
    return context.call.refuse('pipeline_value', `${stage} needs a document, but this is a scalar.`, stage);
  return { emitted: parsed.emitted, shape: { ...parsed.shape, mayBeScalar: false } };
}
