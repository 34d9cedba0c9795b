import { BSONRegExp } from 'mongodb';

import { isInputArray, type InputCopy } from '../../../input/copy-input.ts';
import { isScalar } from '../../../view/leaf-kind.ts';
import { emit, type Emitted } from '../../emit.ts';
import { readNamed } from '../named-operands.ts';
import { parseExpression } from '../parse-expression.ts';
import { scopeOf } from '../scope.ts';
import { allowScalar, branch, COMPUTED, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { bucketOutput } from './group.ts';

const GRANULARITIES: ReadonlySet<unknown> = new Set([
  'R5',
  'R10',
  'R20',
  'R40',
  'R80',
  '1-2-5',
  'E6',
  'E12',
  'E24',
  'E48',
  'E96',
  'E192',
  'POWERSOF2',
]);

/** `$bucket`: groups by ranges. Boundaries and default are constants. */
export function bucket(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  const names = { names: ['groupBy', 'boundaries', 'default', 'output'], required: ['groupBy', 'boundaries'] };
  const { groupBy, boundaries, default: other, output } = readNamed('$bucket', operand, names, call);
  if (!isInputArray(boundaries) || boundaries.length < 2 || !boundaries.every(isConstant)) {
    return call.refuse('pipeline_value', '$bucket takes at least two constants as boundaries.', '$bucket');
  }
  const { emitted, by } = begin(groupBy, context);
  if (by.kind !== 'leaf') return call.refuse('pipeline_value', '$bucket groups by a scalar.', '$bucket');
  emitted['boundaries'] = boundaries;
  if (other !== undefined)
    emitted['default'] = isConstant(other)
      ? other
      : call.refuse('pipeline_value', '$bucket takes a constant as default.', '$bucket');
  return finish('$bucket', emitted, COMPUTED, output, context);
}

/** `$bucketAuto`: groups into a number of ranges; its `_id` is `{ min, max }`. */
export function bucketAuto(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  const names = { names: ['groupBy', 'buckets', 'output', 'granularity'], required: ['groupBy', 'buckets'] };
  const { groupBy, buckets, output, granularity } = readNamed('$bucketAuto', operand, names, call);
  if (!Number.isSafeInteger(buckets) || (buckets as number) < 1)
    return call.refuse('pipeline_value', '$bucketAuto takes a positive number of buckets.', '$bucketAuto');
  const { emitted, by } = begin(groupBy, context);
  emitted['buckets'] = buckets;
  if (granularity !== undefined) {
    if (!GRANULARITIES.has(granularity))
      call.refuse('pipeline_value', `granularity must be one of ${[...GRANULARITIES].join(', ')}.`, '$bucketAuto');
    emitted['granularity'] = granularity;
  }
  return finish(
    '$bucketAuto',
    emitted,
    branch(
      new Map([
        ['min', allowScalar(by)],
        ['max', allowScalar(by)],
      ]),
    ),
    output,
    context,
  );
}

function isConstant(value: InputCopy): boolean {
  return isScalar(value) && !(value instanceof BSONRegExp) && !(typeof value === 'string' && value.startsWith('$'));
}

function begin(groupBy: InputCopy, context: StageContext): { readonly emitted: Emitted; readonly by: Shape } {
  const by = parseExpression(groupBy, scopeOf(context));
  return { emitted: emit('groupBy', by.emitted), by: by.shape };
}

function finish(stage: string, emitted: Emitted, id: Shape, output: InputCopy, context: StageContext): ParsedStage {
  const made = bucketOutput(output, stage, context);
  if (made.emitted !== undefined) emitted['output'] = made.emitted;
  return { emitted: emit(stage, emitted), shape: branch(new Map([['_id', id], ...made.fields])) };
}
