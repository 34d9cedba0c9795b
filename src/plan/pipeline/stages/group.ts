import { isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { parseAccumulators } from '../accumulators.ts';
import { checkName } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { movingScopeOf } from '../scope.ts';
import { branch, COMPUTED, allowScalar, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';

/** `$group`: its `_id` is made from public data, so it may be returned. */
export function group(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  if (!isInputObject(operand) || !Object.hasOwn(operand, '_id')) {
    return call.refuse(
      'pipeline_value',
      '$group takes an object with _id: the group key, or null for one group of all documents.',
      '$group',
    );
  }
  const { _id: key, ...accumulated } = operand;
  const id = parseExpression(key, movingScopeOf(context));
  const emitted = emit('_id', id.emitted);
  const fields = new Map<string, Shape>([['_id', allowScalar(id.shape)]]);
  for (const [name, made] of parseAccumulators(Object.entries(accumulated), '$group', context)) {
    emitted[name] = made.emitted;
    fields.set(name, made.shape);
  }
  return { emitted: emit('$group', emitted), shape: branch(fields) };
}

/** `$count`: one document with the number, or no document. */
export function count(operand: InputCopy, { call }: StageContext): ParsedStage {
  if (typeof operand !== 'string') return call.refuse('pipeline_value', '$count takes the name of a field.', '$count');
  checkName(operand, '$count', call);
  if (operand === '_id') return call.refuse('pipeline_value', '$count takes a field name other than _id.', '$count');
  return { emitted: emit('$count', operand), shape: branch(new Map([[operand, COMPUTED]])) };
}

/** `$sortByCount`: the values of an expression, each with its count. */
export function sortByCount(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  if (typeof operand !== 'string' && !isInputObject(operand)) {
    return call.refuse('pipeline_value', '$sortByCount takes a field path or an expression.', '$sortByCount');
  }
  const by = parseExpression(operand, movingScopeOf(context));
  return {
    emitted: emit('$sortByCount', by.emitted),
    shape: branch(
      new Map([
        ['_id', allowScalar(by.shape)],
        ['count', COMPUTED],
      ]),
    ),
  };
}

/** The output of `$bucket` and `$bucketAuto`; the default is a count. */
export function bucketOutput(output: InputCopy, stage: string, context: StageContext) {
  if (output === undefined) return { emitted: undefined, fields: new Map([['count', COMPUTED]]) };
  if (!isInputObject(output))
    return context.call.refuse('pipeline_value', `${stage} takes an object of accumulators as output.`, stage);
  const emitted = emptyDocument();
  const fields = new Map<string, Shape>();
  for (const [name, made] of parseAccumulators(Object.entries(output), stage, context)) {
    emitted[name] = made.emitted;
    fields.set(name, made.shape);
  }
  return { emitted, fields };
}
