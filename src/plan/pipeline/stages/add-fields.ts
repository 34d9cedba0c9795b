import { isInertObject, type Inert } from '../../../inert/snapshot.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { scopeOf } from '../scope.ts';
import { withField, withoutPath } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue } from './field-value.ts';

/** `$addFields`, and `$set`, its other name: whole fields beside those that are there. */
export function addFields(stage: '$addFields' | '$set') {
  return (operand: Inert, context: StageContext): ParsedStage => {
    const { shape, site } = context;
    if (!isInertObject(operand) || Object.keys(operand).length === 0) {
      return site.refuse('pipeline_value', `${stage} takes an object with at least one field.`, stage);
    }
    const emitted = emptyDocument();
    let after = shape;
    for (const [name, value] of Object.entries(operand)) {
      checkName(name, stage, site);
      checkFieldValue(name, value, context, '$addFields');
      const parsed = parseExpression(value, scopeOf(shape, site));
      emitted[name] = parsed.emitted;
      after = value === '$$REMOVE' ? withoutPath(after, name) : withField(after, name, parsed.shape);
    }
    return { emitted: emit(stage, emitted), shape: after };
  };
}
