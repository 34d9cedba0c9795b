import { quote } from '../errors/quote.ts';
import { append } from '../input/append.ts';
import { readObject } from '../input/read.ts';
import { snapshot, type Inert } from '../input/snapshot.ts';
import { payloadIn } from '../values/trusted.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { emit, emptyDocument, type Emitted } from './emit.ts';
import { planStages, readAggregateOptions } from './plan-aggregate.ts';
import type { Joins } from './pipeline/joins.ts';
import type { AggregatePlan } from './plan.ts';
import type { PlanContext } from './plan-context.ts';

/** What each joined field is made of, and which of it the pipeline of its join takes, in that order. */
const KEYS: readonly string[] = ['from', 'localField', 'foreignField'];
const OWN: readonly string[] = ['projection', 'justOne'];
const INNER: ReadonlyMap<string, string> = new Map([
  ['filter', '$match'],
  ['sort', '$sort'],
  ['skip', '$skip'],
  ['limit', '$limit'],
]);

/** Plans `findPopulated`: a pipeline is written for it, and held to the view like any other. */
export function planPopulated(filter: unknown, options: unknown, context: PlanContext, joins: Joins): AggregatePlan {
  const { policy, site } = context;
  const ownFilter = payloadIn(filter);
  const read = readAggregateOptions('findPopulated', options, context, joins, ownFilter);
  const { planOptions } = read;
  const projection = included(planOptions['projection'], policy, context);
  const stages: Emitted[] = ownFilter === undefined ? [emit('$match', snapshot(filter, 'the filter', site))] : [];
  for (const name of ['sort', 'skip', 'limit']) {
    if (name in planOptions) append(stages, emit(`$${name}`, snapshot(planOptions[name], `the option ${name}`, site)));
  }
  const unwound: Emitted[] = [];
  for (const [as, written] of readObject(planOptions['populate'], 'the option populate', site)) {
    const { lookup, justOne } = joinOf(as, written, context, joins);
    append(stages, lookup);
    if (justOne)
      append(
        unwound,
        emit('$unwind', Object.assign(emptyDocument(), { path: `$${as}`, preserveNullAndEmptyArrays: true })),
      );
    projection[as] = 1;
  }
  return planStages([...stages, ...unwound, emit('$project', projection)], read, context);
}

function joinOf(
  as: string,
  written: unknown,
  context: PlanContext,
  joins: Joins,
): { readonly lookup: Emitted; readonly justOne: boolean } {
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
  const operand = emptyDocument();
  for (const name of KEYS) if (entries.has(name)) operand[name] = snapshot(entries.get(name), `populate.${as}`, site);
  operand['as'] = as;
  operand['pipeline'] = [
    ...[...INNER]
      .filter(([name]) => entries.has(name))
      .map(([name, stage]) => emit(stage, snapshot(entries.get(name), `populate.${as}`, site))),
    ...(justOne && !entries.has('limit') ? [emit('$limit', 1)] : []),
    emit('$project', included(entries.get('projection'), foreignPolicy(operand['from'], context, joins), context)),
  ];
  return { lookup: emit('$lookup', operand), justOne };
}

/** A projection as the stages of a pipeline write it: each leaf by its path. */
function included(projection: unknown, policy: ViewPolicy, { site }: PlanContext): Emitted {
  const emitted = emptyDocument();
  for (const { path } of resolveProjection(projection, policy, site).leaves()) emitted[path] = 1;
  return emitted;
}

function foreignPolicy(from: Inert, { site }: PlanContext, joins: Joins): ViewPolicy {
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
