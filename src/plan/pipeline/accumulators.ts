import { quote } from '../../errors/quote.ts';
import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { emit } from '../emit.ts';
import { checkName } from './field-path.ts';
import { readNamed } from './named-operands.ts';
import { parseCounted } from './parse-counted.ts';
import { parseExpression } from './parse-expression.ts';
import { parseSortBy } from './parse-sort-by.ts';
import { movingScopeOf, scopeOf, type Expression } from './scope.ts';
import { COMPUTED, allowScalar } from './shape.ts';
import type { StageContext } from './stage.ts';
import type { Accumulator, WindowAccumulator } from '../../grammar/accumulators.ts';

export type ParseAccumulator = (name: string, operand: InputCopy, context: StageContext) => Expression;

/** The accumulators of a group and of a window. */
export const WINDOW_ACCUMULATORS = {
  $sum: scalar,
  $avg: scalar,
  $stdDevPop: scalar,
  $stdDevSamp: scalar,
  $count: count,
  $min: value,
  $max: value,
  $first: value,
  $last: value,
  $push: value,
  $addToSet: value,
} satisfies Record<WindowAccumulator, ParseAccumulator>;

/** The accumulators of `$group`, `$bucket` and `$bucketAuto`. `$accumulator` runs code and is not one of them. */
const PARSERS = {
  ...WINDOW_ACCUMULATORS,
  $mergeObjects: merged,
  $firstN: several,
  $lastN: several,
  $minN: several,
  $maxN: several,
  $top: ranked,
  $bottom: ranked,
  $topN: ranked,
  $bottomN: ranked,
} satisfies Record<Accumulator, ParseAccumulator>;

export const ACCUMULATORS: ReadonlyMap<string, ParseAccumulator> = new Map(Object.entries(PARSERS));

/** Parses `{ name: { $accumulator: … } }` pairs, which make whole fields. */
export function parseAccumulators(
  pairs: Iterable<readonly [string, InputCopy]>,
  stage: string,
  context: StageContext,
): readonly (readonly [name: string, expression: Expression])[] {
  return [...pairs].map(([name, written]) => {
    checkName(name, stage, context.call);
    return [name, parseAccumulator(name, written, stage, context)] as const;
  });
}

function parseAccumulator(field: string, written: InputCopy, stage: string, context: StageContext): Expression {
  const { call } = context;
  const [entry, ...others] = isInputObject(written) ? Object.entries(written) : [];
  if (entry === undefined || others.length > 0) {
    return call.refuse(
      'pipeline_value',
      `${stage} takes one accumulator at ${quote(field)}, such as { $sum: 1 }.`,
      field,
    );
  }
  const [name, operand] = entry;
  const parse = ACCUMULATORS.get(name);
  if (parse === undefined)
    return call.refuse('pipeline_expression', `${quote(name)} is not an accumulator that ${stage} allows.`, name);
  return parse(name, operand, context);
}

function operandOf(operand: InputCopy, context: StageContext): Expression {
  return parseExpression(operand, scopeOf(context));
}

/** The accumulators that give values back as they are, without an order among them. */
const MOVING: ReadonlySet<string> = new Set(['$first', '$last', '$push', '$addToSet', '$firstN', '$lastN', '$locf']);

/** The operand of an accumulator that gives values back. The order of opaque ids must not show, so the least and the greatest are refused. */
function movedBy(name: string, operand: InputCopy, context: StageContext): Expression {
  return parseExpression(operand, MOVING.has(name) ? movingScopeOf(context) : scopeOf(context));
}

/** It counts, or takes numbers and ignores everything else. */
function scalar(name: string, operand: InputCopy, context: StageContext): Expression {
  return { emitted: emit(name, parseCounted(operand, scopeOf(context), parseExpression).emitted), shape: COMPUTED };
}

/** Nothing to take from is `null`. */
export function value(name: string, operand: InputCopy, context: StageContext): Expression {
  const { emitted, shape } = movedBy(name, operand, context);
  return { emitted: emit(name, emitted), shape: allowScalar(shape) };
}

function count(name: string, operand: InputCopy, { call }: StageContext): Expression {
  if (!isInputObject(operand) || Object.keys(operand).length > 0)
    return call.refuse('pipeline_value', '$count takes {} as an accumulator.', name);
  return { emitted: emit(name, operand), shape: COMPUTED };
}

function merged(name: string, operand: InputCopy, context: StageContext): Expression {
  const { emitted, shape } = operandOf(operand, context);
  if (shape.kind === 'leaf')
    return context.call.refuse('pipeline_value', '$mergeObjects needs a document, but this is a scalar.', name);
  return { emitted: emit(name, emitted), shape };
}

function several(name: string, operand: InputCopy, context: StageContext): Expression {
  const { input, n } = readNamed(name, operand, { names: ['input', 'n'], required: ['input', 'n'] }, context.call);
  const { emitted, shape } = movedBy(name, input, context);
  const document = emit('input', emitted);
  document['n'] = countOf(name, n, context);
  return { emitted: emit(name, document), shape: allowScalar(shape) };
}

function ranked(name: string, operand: InputCopy, context: StageContext): Expression {
  const names = name.endsWith('N') ? ['sortBy', 'output', 'n'] : ['sortBy', 'output'];
  const { sortBy, output, n } = readNamed(name, operand, { names, required: names }, context.call);
  const { emitted, shape } = parseExpression(output, movingScopeOf(context));
  const document = emit('output', emitted);
  document['sortBy'] = parseSortBy(sortBy, context);
  if (n !== undefined) document['n'] = countOf(name, n, context);
  return { emitted: emit(name, document), shape: allowScalar(shape) };
}

function countOf(name: string, n: InputCopy, { call }: StageContext): InputCopy {
  return Number.isSafeInteger(n) && (n as number) > 0
    ? n
    : call.refuse('pipeline_value', `${name} takes a positive integer as n.`, name);
}
