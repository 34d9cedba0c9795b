import type { CallContext } from '../errors/call-context.ts';
import { append } from '../input/append.ts';
import { copyInput, inputObject, type InputObject } from '../input/copy-input.ts';
import { payloadIn } from '../values/trusted.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveWhole } from '../view/resolve-projection.ts';
import type { Joins } from './pipeline/joins.ts';
import { PipelineNotes } from './pipeline/pipeline-notes.ts';
import { readAggregateOptions } from './plan-aggregate.ts';
import { issuePlan, type AggregatePlan } from './plan.ts';
import { boundPipeline } from './scope/bound.ts';
import { populate } from './populate/populate.ts';

/** Plans `findPopulated`. */
export function planPopulated(
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
): AggregatePlan {
  const { policy, view } = call;
  const ownFilter = payloadIn(filter);
  const { planOptions, trustedFilter, driverOptions, terms } = readAggregateOptions(
    'findPopulated',
    options,
    call,
    joins,
    ownFilter,
  );
  const stages: InputObject[] =
    ownFilter === undefined ? [inputObject({ $match: copyInput(filter, 'the filter', call) })] : [];
  for (const name of ['sort', 'skip', 'limit']) {
    if (name in planOptions)
      append(stages, inputObject({ [`$${name}`]: copyInput(planOptions[name], `the option ${name}`, call) }));
  }
  const projection = resolveWhole(planOptions['projection'], policy, call);
  const source = { policy, projection, demanded: trustedFilter, stages, populate: planOptions['populate'], depth: 1 };
  const { emitted, shape } = populate(source, { call, notes: new PipelineNotes(call), terms });
  return issuePlan({
    operation: 'aggregate',
    view,
    policy,
    pipeline: boundPipeline(emitted, call),
    shape,
    options: driverOptions,
  });
}
