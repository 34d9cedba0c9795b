import { append } from '../../../input/append.ts';
import { isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { scopeOf } from '../scope.ts';
import { withoutPaths, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue } from './field-value.ts';
import { setFields } from './set-fields.ts';

/** `$addFields` and its alias `$set`: add or replace whole fields. */
export function addFields(stage: '$addFields' | '$set') {
  return (operand: InputCopy, context: StageContext): ParsedStage => {
    const { site } = context;
    if (!isInputObject(operand) || Object.keys(operand).length === 0) {
      return site.refuse('pipeline_value', `${stage} takes an object with at least one field.`, stage);
    }
    const emitted = emptyDocument();
    const made: (readonly [name: string, field: Shape])[] = [];
    for (const [name, value] of Object.entries(operand)) {
      checkName(name, stage, site);
      checkFieldValue(name, value, context, '$addFields');
      const parsed = parseExpression(value, scopeOf(context));
      emitted[name] = parsed.emitted;
      append(made, [name, parsed.shape]);
    }
    const after = setFields(context, made);
    const removed = Object.keys(operand).filter((name) => operand[name] === '$$REMOVE');
    return { emitted: emit(stage, emitted), shape: withoutPaths(after, removed) };
  };
}
