import { quote } from '../errors/quote.ts';
import { append } from '../input/append.ts';
import { readObject } from '../input/read.ts';
import {
  copyInput,
  emptyFields,
  inputArray,
  inputObject,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../input/copy-input.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { planStages, readAggregateOptions } from './plan-aggregate.ts';
import type { Joins } from './pipeline/joins.ts';
import type { AggregatePlan } from './plan.ts';
import type { PlanContext } from './plan-context.ts';

/** The required keys of each joined field. */
const KEYS: readonly string[] = ['from', 'localField', 'foreignField'];
const OWN: readonly string[] = ['projection', 'justOne'];
const INNER: ReadonlyMap<string, string> = new Map([
  ['filter', '$match'],
  ['sort', '$sort'],
  ['skip', '$skip'],
  ['limit', '$limit'],
]);

/** Plans `findPopulated`: builds a pipeline, which is checked like any other. */
export function planPopulated(filter: unknown, options: unknown, context: PlanContext, joins: Joins): AggregatePlan {
  const { policy, site } = context;
  const read = readAggregateOptions('findPopulated', options, context, joins);
  const { planOptions } = read;
  const projection = included(planOptions['projection'], policy, context);
  const stages: InputObject[] = [inputObject({ $match: copyInput(filter, 'the filter', site) })];
  for (const name of ['sort', 'skip', 'limit']) {
    if (name in planOptions)
      append(stages, inputObject({ [`$${name}`]: copyInput(planOptions[name], `the option ${name}`, site) }));
  }
  const unwound: InputObject[] = [];
  for (const [as, written] of readObject(planOptions['populate'], 'the option populate', site)) {
    const { lookup, justOne } = joinOf(as, written, context, joins);
    append(stages, lookup);
    if (justOne)
      append(unwound, inputObject({ $unwind: inputObject({ path: `$${as}`, preserveNullAndEmptyArrays: true }) }));
    projection[as] = 1;
  }
  return planStages([...stages, ...unwound, inputObject({ $project: inputObject(projection) })], read, context);
}

function joinOf(
  as: string,
  written: unknown,
  context: PlanContext,
  joins: Joins,
): { readonly lookup: InputObject; readonly justOne: boolean } {
  const { site } = context;
  const entries = new Map(readObject(written, `populate.${as}`, site));
  const surplus = [...entries.keys()].find((name) => !KEYS.includes(name) && !OWN.includes(name) && !INNER.has(name));
  if (surplus !== undefined) {
    return site.refuse(
      'option_value',
      `${quote(surplus)} is not a part of populate; it takes ${[...KEYS, ...OWN, ...INNER.keys()].join(', ')}.`,
      surplus,
    );
  }
  const justOne = entries.get('justOne') ?? false;
  if (typeof justOne !== 'boolean') return site.refuse('option_value', 'justOne must be true or false.', 'justOne');
  const operand = emptyFields();
  for (const name of KEYS) if (entries.has(name)) operand[name] = copyInput(entries.get(name), `populate.${as}`, site);
  operand['as'] = as;
  operand['pipeline'] = inputArray([
    ...[...INNER]
      .filter(([name]) => entries.has(name))
      .map(([name, stage]) => inputObject({ [stage]: copyInput(entries.get(name), `populate.${as}`, site) })),
    ...(justOne && !entries.has('limit') ? [inputObject({ $limit: 1 })] : []),
    inputObject({
      $project: inputObject(
        included(entries.get('projection'), foreignPolicy(operand['from'], context, joins), context),
      ),
    }),
  ]);
  return { lookup: inputObject({ $lookup: inputObject(operand) }), justOne };
}

/** A projection in the form of a `$project`: each leaf by its path. */
function included(projection: unknown, policy: ViewPolicy, { site }: PlanContext): InputFields {
  const marks = emptyFields();
  for (const { path } of resolveProjection(projection, policy, site).leaves()) marks[path] = 1;
  return marks;
}

function foreignPolicy(from: InputCopy, { site }: PlanContext, joins: Joins): ViewPolicy {
  const foreign = typeof from === 'string' ? joins.get(from) : undefined;
  return (
    foreign ??
    site.refuse(
      'join_invalid',
      `populate names ${typeof from === 'string' ? quote(from) : 'no collection'}, which is not a view of this SafeDb; register it in createSafeDb().`,
      'populate',
    )
  );
}
