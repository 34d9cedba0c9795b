import type { CallContext } from '../errors/call-context.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';
import type { InputCopy } from '../input/copy-input.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { EMPTY } from './emit.ts';
import { authoriseFilterOfOne, withTrustedFilter, type ArgumentFilter } from './filter/authorise-filter.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import { readTrusted } from './options/trusted-parts.ts';
import { copyDocument } from './plan-write.ts';
import { issuePlan, type FindAndModifyPlan, type WritePlan } from './plan.ts';
import { assertTargeted } from './shard-key.ts';
import { returnedDocument } from './returned-document.ts';
import { demandVersion } from './update/demand-version.ts';
import { afterwards, type MaybePromise } from './update/maybe-promise.ts';
import { modelReplace } from './update/model-replace.ts';
import type { UpdateModel } from './update/write-model.ts';

/** What a replacement is authorised from: its filter is authorised already, the rest is not. */
export interface FilteredReplace {
  readonly argument: ArgumentFilter;
  readonly trusted: unknown;
  readonly version: unknown;
  readonly collation: unknown;
  readonly replacement: InputCopy;
  readonly upsert: boolean;
}

/** Plans `replaceOne`. */
export function planReplace(
  filter: unknown,
  replacement: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<WritePlan> {
  const { planOptions, driverOptions } = parseOptions('replaceOne', options, call);
  const write = filteredReplace(filter, replacement, planOptions, driverOptions, call);
  return afterwards(replaceModel(write, call), (model) =>
    issuePlan({ operation: 'replaceOne', view: call.view, policy: call.policy, options: driverOptions, model }),
  );
}

/** Plans `findOneAndReplace`. */
export function planFindOneAndReplace(
  filter: unknown,
  replacement: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<FindAndModifyPlan> {
  const { policy, view } = call;
  const { planOptions, driverOptions } = parseOptions('findOneAndReplace', options, call);
  const returned = returnedDocument(planOptions, call);
  const write = filteredReplace(filter, replacement, planOptions, driverOptions, call);
  return afterwards(replaceModel(write, call), (model) =>
    issuePlan({ operation: 'findOneAndReplace', view, policy, options: driverOptions, model, ...returned }),
  );
}

/** Authorises the filter of a replacement, and copies the replacement. */
export function filteredReplace(
  filter: unknown,
  replacement: unknown,
  { trusted, version, keep }: PlanOptions,
  { collation, upsert }: PlanOptions,
  call: CallContext<ViewPolicy>,
): FilteredReplace {
  if (keep !== undefined && keep !== 'private') refuseKeep(call);
  const argument = authoriseFilterOfOne(filter, collation, call);
  return {
    argument,
    trusted,
    version,
    collation,
    replacement: copyDocument(replacement, call),
    upsert: upsert === true,
  };
}

/** Authorises one replacement. Its parts are checked against the view before this returns. */
export function replaceModel(
  { argument, trusted: written, version, collation, replacement, upsert }: FilteredReplace,
  call: CallContext<ViewPolicy>,
): MaybePromise<UpdateModel> {
  const { parts, isPlain } = readTrusted(written, USED_PARTS.replace, call);
  const versioned = demandVersion(withTrustedFilter(argument, parts, call), version, upsert, call);
  assertTargeted({ kind: 'updateOne', filter: versioned.filter, upsert, collation }, call);
  const callerFilter = argument.isTrusted ? EMPTY : argument.emitted;
  const trusted = { set: parts.set, isPlain };
  return modelReplace({ versioned, callerFilter, upsert, collation, replacement, trusted }, call);
}

function refuseKeep(call: CallContext): never {
  return call.refuse(
    'option_value',
    "The option 'keep' must be 'private', which is the default: a replacement keeps what the caller may not write. To remove such a field, name it in `$unset` of a trusted update.",
    'keep',
  );
}
