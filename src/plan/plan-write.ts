import type { CallContext } from '../errors/call-context.ts';
import { copyInput, isInputArray, type InputCopy } from '../input/copy-input.ts';
import { readArray } from '../input/read.ts';
import { trustedDocumentsIn } from '../values/trusted.ts';
import type { PathNode } from '../view/path-tree.ts';
import { resolveWhole } from '../view/resolve-projection.ts';
import {
  authoriseFilterOfMany,
  authoriseFilterOfOne,
  withTrustedFilter,
  type ArgumentFilter,
} from './filter/authorise-filter.ts';
import { EMPTY } from './emit.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import { issuePlan, type FindAndModifyPlan, type InsertPlan, type WritePlan } from './plan.ts';
import { trustedParts, trustedSet, type TrustedFields } from './options/trusted-parts.ts';
import { assertTargeted } from './shard-key.ts';
import { returnedDocument } from './returned-document.ts';
import { demandVersion } from './update/demand-version.ts';
import { afterwards, type MaybePromise } from './update/maybe-promise.ts';
import { modelInsert, modelInserts } from './update/model-insert.ts';
import { modelUpdate } from './update/model-update.ts';
import { copyUpdate } from './update/parse-update.ts';
import type { DeleteModel, UpdateModel } from './update/write-model.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** Plans `insertOne`. */
export function planInsertOne(
  input: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<InsertPlan> {
  const { policy, view } = call;
  const { planOptions, driverOptions } = parseOptions('insertOne', options, call);
  const trusted = trustedSet(planOptions['trusted'], call);
  const shape = shapeOnRequest(planOptions, call);
  return afterwards(modelInsert(copyDocument(input, call), trusted, call), (model) =>
    issuePlan({ operation: 'insertOne', view, policy, options: driverOptions, models: [model], shape }),
  );
}

/** Plans `insertMany`. `trusted.set` is one object for all documents, or an array with one for each. */
export function planInsertMany(
  inputs: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<InsertPlan> {
  const { policy, view } = call;
  const { planOptions, driverOptions } = parseOptions('insertMany', options, call);
  const trusted = trustedSet(planOptions['trusted'], call);
  const shape = shapeOnRequest(planOptions, call);
  const documents = trustedDocumentsIn(inputs) ?? readArray(inputs, 'the documents', call);
  if (documents.length === 0) return call.refuse('argument_invalid', 'insertMany() needs at least one document.');
  const copies = documents.map((document) => copyDocument(document, call));
  const authorised = modelInserts(copies, (index) => setFor(trusted, index, copies.length, call), call);
  return afterwards(authorised, (models) =>
    issuePlan({ operation: 'insertMany', view, policy, options: driverOptions, models, shape }),
  );
}

/** Plans `updateOne` and `updateMany`. */
export function planUpdate(
  kind: UpdateModel['kind'],
  filter: unknown,
  update: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<WritePlan> {
  const { policy, view } = call;
  const { planOptions, driverOptions } = parseOptions(kind, options, call);
  const write = filteredWrite(kind, filter, planOptions, driverOptions['collation'], call);
  const authorised = updateModel(changeOf(write, update, planOptions, driverOptions['upsert'] === true, call), call);
  return afterwards(authorised, (model) => issuePlan({ operation: kind, view, policy, options: driverOptions, model }));
}

/** Plans `deleteOne` and `deleteMany`. */
export function planDelete(
  kind: DeleteModel['kind'],
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): WritePlan {
  const { planOptions, driverOptions } = parseOptions(kind, options, call);
  const model = deleteModel(filteredWrite(kind, filter, planOptions, driverOptions['collation'], call), call);
  return issuePlan({ operation: kind, view: call.view, policy: call.policy, options: driverOptions, model });
}

/** Plans `findOneAndUpdate`. */
export function planFindOneAndUpdate(
  filter: unknown,
  update: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MaybePromise<FindAndModifyPlan> {
  const { policy, view } = call;
  const { planOptions, driverOptions } = parseOptions('findOneAndUpdate', options, call);
  const returned = returnedDocument(planOptions, call);
  const write = filteredWrite('updateOne', filter, planOptions, driverOptions['collation'], call);
  const authorised = updateModel(changeOf(write, update, planOptions, driverOptions['upsert'] === true, call), call);
  return afterwards(authorised, (model) =>
    issuePlan({ operation: 'findOneAndUpdate', view, policy, options: driverOptions, model, ...returned }),
  );
}

/** Plans `findOneAndDelete`. */
export function planFindOneAndDelete(
  filter: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): FindAndModifyPlan {
  const { planOptions, driverOptions } = parseOptions('findOneAndDelete', options, call);
  const model = deleteModel(filteredWrite('deleteOne', filter, planOptions, driverOptions['collation'], call), call);
  return issuePlan({
    operation: 'findOneAndDelete',
    view: call.view,
    policy: call.policy,
    options: driverOptions,
    model,
    ...returnedDocument(planOptions, call),
  });
}

/** What a write of stored documents is authorised from: its filter is authorised already, the rest is not. */
export interface FilteredWrite<K extends UpdateModel['kind'] | DeleteModel['kind']> {
  readonly kind: K;
  readonly argument: ArgumentFilter;
  readonly trusted: unknown;
  readonly version: unknown;
  readonly collation: unknown;
}

/** The same for an update, whose parts are copied. */
export interface FilteredUpdate extends FilteredWrite<UpdateModel['kind']> {
  readonly update: InputCopy;
  readonly arrayFilters: InputCopy;
  readonly upsert: boolean;
}

/** Authorises the filter of a write. */
export function filteredWrite<K extends UpdateModel['kind'] | DeleteModel['kind']>(
  kind: K,
  filter: unknown,
  { trusted, version }: PlanOptions,
  collation: unknown,
  call: CallContext<ViewPolicy>,
): FilteredWrite<K> {
  const authorise = kind === 'updateMany' || kind === 'deleteMany' ? authoriseFilterOfMany : authoriseFilterOfOne;
  return { kind, argument: authorise(filter, collation, call), trusted, version, collation };
}

/** Adds the parts of an update, each copied once. */
export function changeOf(
  { kind, argument, trusted, version, collation }: FilteredWrite<UpdateModel['kind']>,
  update: unknown,
  { arrayFilters }: PlanOptions,
  upsert: boolean,
  call: CallContext<ViewPolicy>,
): FilteredUpdate {
  // Field by field: a spread takes longer than all the rest of the plan.
  return {
    kind,
    argument,
    trusted,
    version,
    collation,
    update: copyUpdate(update, call),
    arrayFilters: arrayFilters === undefined ? undefined : copyInput(arrayFilters, 'arrayFilters', call),
    upsert,
  };
}

/** A caller's new document, copied. */
export function copyDocument(document: unknown, call: CallContext): InputCopy {
  return copyInput(document, 'the document', call);
}

/** Authorises one update. Its parts are checked against the view before this returns. */
export function updateModel(
  { kind, argument, trusted: written, version, collation, update, arrayFilters, upsert }: FilteredUpdate,
  call: CallContext<ViewPolicy>,
): MaybePromise<UpdateModel> {
  const trusted = trustedParts(written, USED_PARTS.update, call);
  const versioned = demandVersion(withTrustedFilter(argument, trusted, call), version, upsert, call);
  assertTargeted({ kind, filter: versioned.filter, upsert, collation }, call);
  const callerFilter = argument.isTrusted ? EMPTY : argument.emitted;
  return modelUpdate({ kind, versioned, callerFilter, update, arrayFilters, upsert, collation, trusted }, call);
}

/** Authorises one deletion. */
export function deleteModel(
  { kind, argument, trusted: written, version, collation }: FilteredWrite<DeleteModel['kind']>,
  call: CallContext<ViewPolicy>,
): DeleteModel {
  const trusted = trustedParts(written, USED_PARTS.delete, call);
  const whole = withTrustedFilter(argument, trusted, call);
  const { filter, unversioned } = demandVersion(whole, version, false, call);
  assertTargeted({ kind, filter, upsert: false, collation }, call);
  return { kind, filter, unversioned };
}

function setFor(trusted: TrustedFields, index: number, count: number, call: CallContext<ViewPolicy>): TrustedFields {
  const { set, isPlain } = trusted;
  if (!isInputArray(set)) return trusted;
  if (set.length === count) return { set: set[index], isPlain };
  return call.refuse(
    'argument_invalid',
    '`trusted.set` must be one object for all documents, or an array with one object for each.',
    'trusted',
  );
}

/** The shape in which an insert returns its documents, if it has a projection. */
function shapeOnRequest(planOptions: PlanOptions, call: CallContext<ViewPolicy>): PathNode | undefined {
  return 'projection' in planOptions ? resolveWhole(planOptions['projection'], call.policy, call).root : undefined;
}
