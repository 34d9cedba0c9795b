import { append } from '../../../input/append.ts';
import { isInputObject, type InputCopy, type InputObject } from '../../../input/copy-input.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { movingScopeOf, type Expression } from '../scope.ts';
import { ofAnyDepth, withFields, withoutPaths, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue, fieldsInside } from './field-value.ts';
import { setFields } from './set-fields.ts';

/** `$addFields`, and `$set`, its other name: fields in addition to the existing ones. */
export function addFields(stage: '$addFields' | '$set') {
  return (operand: InputCopy, context: StageContext): ParsedStage => {
    const { call, shape } = context;
    if (!isInputObject(operand) || Object.keys(operand).length === 0) {
      return call.refuse('pipeline_value', `${stage} takes an object with at least one field.`, stage);
    }
    const emitted = emptyDocument();
    const made: (readonly [name: string, field: Shape])[] = [];
    for (const [name, value] of Object.entries(operand)) {
      const parsed = fieldOf(name, value, shape, stage, context);
      emitted[name] = parsed.emitted;
      append(made, [name, parsed.shape]);
    }
    const after = setFields(context, made);
    const removed = Object.keys(operand).filter((name) => operand[name] === '$$REMOVE');
    return { emitted: emit(stage, emitted), shape: withoutPaths(after, removed) };
  };
}

/** One field. An object over a branch sets fields in it, or in each element of an array. Paths in it start at the document. */
function fieldOf(name: string, value: InputCopy, here: Shape, stage: string, context: StageContext): Expression {
  checkName(name, stage, context.call);
  const inside = fieldsInside(name, value, here);
  if (inside === undefined) {
    checkFieldValue(name, value, { ...context, shape: here }, '$addFields');
    return parseExpression(value, movingScopeOf(context));
  }
  const emitted = emptyDocument();
  const made = Object.entries(value as InputObject).map(([key, below]) => {
    const field = fieldOf(key, below, inside, stage, context);
    emitted[key] = field.emitted;
    return [key, field.shape] as const;
  });
  return { emitted, shape: { ...ofAnyDepth(withFields(inside, made)), mayBeScalar: false } };
}
