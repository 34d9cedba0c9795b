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
import { payloadIn } from '../values/trusted.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { planStages, readAggregateOptions } from './plan-aggregate.ts';
import type { Joins } from './pipeline/joins.ts';
import type { AggregatePlan } from './plan.ts';
import type { CallContext } from '../errors/call-context.ts';

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
export function planPopulated(
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
): AggregatePlan {
  const { policy } = call;
  const ownFilter = payloadIn(filter);
  const read = readAggregateOptions('findPopulated', options, call, joins, ownFilter);
  const { planOptions } = read;
  const projection = included(planOptions['projection'], policy, call);
  const stages: InputObject[] =
    ownFilter === undefined ? [inputObject({ $match: copyInput(filter, 'the filter', call) })] : [];
  for (const name of ['sort', 'skip', 'limit']) {
    if (name in planOptions)
      append(stages, inputObject({ [`$${name}`]: copyInput(planOptions[name], `the option ${name}`, call) }));
  }
  const unwound: InputObject[] = [];
  for (const [as, written] of readObject(planOptions['populate'], 'the option populate', call)) {
    const { lookup, justOne } = joinOf(as, written, call, joins);
    append(stages, lookup);
    if (justOne)
      append(unwound, inputObject({ $unwind: inputObject({ path: `$${as}`, preserveNullAndEmptyArrays: true }) }));
    projection[as] = 1;
  }
  return planStages([...stages, ...unwound, inputObject({ $project: inputObject(projection) })], read, call);
}

function joinOf(
  as: string,
  written: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
): { readonly lookup: InputObject; readonly justOne: boolean } {
  const entries = new Map(readObject(written, `populate.${as}`, call));
  const surplus = [...entries.keys()].find((name) => !KEYS.includes(name) && !OWN.includes(name) && !INNER.has(name));
  if (surplus !== undefined) {
    return call.refuse(
      'option_value',
      `${quote(surplus)} is not a part of populate; it takes ${[...KEYS, ...OWN, ...INNER.keys()].join(', ')}.`,
      surplus,
    );
  }
  const justOne = entries.get('justOne') ?? false;
  if (typeof justOne !== 'boolean') return call.refuse('option_value', 'justOne must be true or false.', 'justOne');
  const operand = emptyFields();
  for (const name of KEYS) if (entries.has(name)) operand[name] = copyInput(entries.get(name), `populate.${as}`, call);
  operand['as'] = as;
  operand['pipeline'] = inputArray([
    ...[...INNER]
      .filter(([name]) => entries.has(name))
      .map(([name, stage]) => inputObject({ [stage]: copyInput(entries.get(name), `populate.${as}`, call) })),
    ...(justOne && !entries.has('limit') ? [inputObject({ $limit: 1 })] : []),
    inputObject({
      $project: inputObject(included(entries.get('projection'), foreignPolicy(operand['from'], call, joins), call)),
    }),
  ]);
  return { lookup: inputObject({ $lookup: inputObject(operand) }), justOne };
}

/** A projection in the form of a `$project`: each leaf by its path. */
function included(projection: unknown, policy: ViewPolicy, call: CallContext<ViewPolicy>): InputFields {
  const marks = emptyFields();
  for (const { path } of resolveProjection(projection, policy, call).leaves()) marks[path] = 1;
  return marks;
}

function foreignPolicy(from: InputCopy, call: CallContext<ViewPolicy>, joins: Joins): ViewPolicy {
  const foreign = typeof from === 'string' ? joins.get(from) : undefined;
  return (
    foreign ??
    call.refuse(
      'join_invalid',
      `populate names ${typeof from === 'string' ? quote(from) : 'no collection'}, which is not a view of this SafeDb; register it in createSafeDb().`,
      'populate',
    )
  );
}
