import type { Site } from '../errors/site.ts';
import { copyInput, isInputArray, type InputCopy } from '../input/copy-input.ts';
import { readArray } from '../input/read.ts';
import type { PathNode } from '../view/path-tree.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { authoriseFilterOfMany, authoriseFilterOfOne, withTrustedFilter } from './filter/authorise-filter.ts';
import { emitProjection } from './projection/emit-projection.ts';
import type { Emitted } from './emit.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import { sortOf } from './filter/parse-sort.ts';
import type { PlanContext } from './plan-context.ts';
import { issuePlan, type FindAndModifyPlan, type InsertPlan, type WritePlan } from './plan.ts';
import { trustedParts, trustedSet, type TrustedFields } from './options/trusted-parts.ts';
import { demandVersion } from './update/demand-version.ts';
import { afterwards, type MaybePromise } from './update/maybe-promise.ts';
import { modelInsert } from './update/model-insert.ts';
import { modelUpdate } from './update/model-update.ts';
import { copyUpdate } from './update/parse-update.ts';
import type { DeleteModel, UpdateModel } from './update/write-model.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';

/** Plans `insertOne`. */
export function planInsertOne(input: unknown, options: unknown, context: PlanContext): MaybePromise<InsertPlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions('insertOne', options, site);
  const trusted = trustedSet(planOptions['trusted'], site);
  const shape = shapeOnRequest(planOptions, context);
  return afterwards(modelInsert(copyDocument(input, site), trusted, context), (model) =>
    issuePlan({ operation: 'insertOne', view, policy, options: driverOptions, models: [model], shape }),
  );
}

/** Plans `insertMany`. `trusted.set` is one object for all documents, or an array with one for each. */
export async function planInsertMany(inputs: unknown, options: unknown, context: PlanContext): Promise<InsertPlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions('insertMany', options, site);
  const trusted = trustedSet(planOptions['trusted'], site);
  const shape = shapeOnRequest(planOptions, context);
  const documents = readArray(inputs, 'the documents', site);
  if (documents.length === 0) return site.refuse('argument_invalid', 'insertMany() needs at least one document.');
  const models = await Promise.all(
    documents.map(
      async (document, index) =>
        await modelInsert(copyDocument(document, site), setFor(trusted, index, documents.length, context), context),
    ),
  );
  return issuePlan({ operation: 'insertMany', view, policy, options: driverOptions, models, shape });
}

/** Plans `updateOne` and `updateMany`. */
export function planUpdate(
  kind: UpdateModel['kind'],
  filter: unknown,
  update: unknown,
  options: unknown,
  context: PlanContext,
): MaybePromise<WritePlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions(kind, options, site);
  const write = filteredWrite(kind, filter, planOptions, driverOptions['collation'], context);
  const authorised = updateModel(
    changeOf(write, update, planOptions, driverOptions['upsert'] === true, context),
    context,
  );
  return afterwards(authorised, (model) => issuePlan({ operation: kind, view, policy, options: driverOptions, model }));
}

/** Plans `deleteOne` and `deleteMany`. */
export function planDelete(
  kind: DeleteModel['kind'],
  filter: unknown,
  options: unknown,
  context: PlanContext,
): WritePlan {
  const { planOptions, driverOptions } = parseOptions(kind, options, context.site);
  const model = deleteModel(filteredWrite(kind, filter, planOptions, driverOptions['collation'], context), context);
  return issuePlan({ operation: kind, view: context.view, policy: context.policy, options: driverOptions, model });
}

/** Plans `findOneAndUpdate`. */
export function planFindOneAndUpdate(
  filter: unknown,
  update: unknown,
  options: unknown,
  context: PlanContext,
): MaybePromise<FindAndModifyPlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions('findOneAndUpdate', options, site);
  const { projection, shape, sort } = returnedDocument(planOptions, context);
  const write = filteredWrite('updateOne', filter, planOptions, driverOptions['collation'], context);
  const authorised = updateModel(
    changeOf(write, update, planOptions, driverOptions['upsert'] === true, context),
    context,
  );
  return afterwards(authorised, (model) =>
    issuePlan({ operation: 'findOneAndUpdate', view, policy, options: driverOptions, model, projection, shape, sort }),
  );
}

/** Plans `findOneAndDelete`. */
export function planFindOneAndDelete(filter: unknown, options: unknown, context: PlanContext): FindAndModifyPlan {
  const { planOptions, driverOptions } = parseOptions('findOneAndDelete', options, context.site);
  const model = deleteModel(
    filteredWrite('deleteOne', filter, planOptions, driverOptions['collation'], context),
    context,
  );
  return issuePlan({
    operation: 'findOneAndDelete',
    view: context.view,
    policy: context.policy,
    options: driverOptions,
    model,
    ...returnedDocument(planOptions, context),
  });
}

/** The parts of an update or deletion. The caller's filter is already authorised, the rest is not. */
export interface FilteredWrite<K extends UpdateModel['kind'] | DeleteModel['kind']> {
  readonly kind: K;
  readonly callerFilter: Emitted;
  readonly trusted: unknown;
  readonly version: unknown;
}

/** The same for an update, whose parts are copied. */
export interface FilteredUpdate extends FilteredWrite<UpdateModel['kind']> {
  readonly update: InputCopy;
  readonly arrayFilters: InputCopy;
  readonly upsert: boolean;
}

/** Authorises the caller's filter of a write. */
export function filteredWrite<K extends UpdateModel['kind'] | DeleteModel['kind']>(
  kind: K,
  filter: unknown,
  { trusted, version }: PlanOptions,
  collation: unknown,
  context: PlanContext,
): FilteredWrite<K> {
  const authorise = kind === 'updateMany' || kind === 'deleteMany' ? authoriseFilterOfMany : authoriseFilterOfOne;
  return { kind, callerFilter: authorise(filter, collation, context), trusted, version };
}

/** Adds the parts of an update, each copied once. */
export function changeOf(
  { kind, callerFilter, trusted, version }: FilteredWrite<UpdateModel['kind']>,
  update: unknown,
  { arrayFilters }: PlanOptions,
  upsert: boolean,
  { site }: PlanContext,
): FilteredUpdate {
  // Field by field: a spread takes longer than all the rest of the plan.
  return {
    kind,
    callerFilter,
    trusted,
    version,
    update: copyUpdate(update, site),
    arrayFilters: arrayFilters === undefined ? undefined : copyInput(arrayFilters, 'arrayFilters', site),
    upsert,
  };
}

/** A caller's new document, copied. */
export function copyDocument(document: unknown, site: Site): InputCopy {
  return copyInput(document, 'the document', site);
}

/** Authorises one update. Its parts are checked against the view before this returns. */
export function updateModel(
  { kind, callerFilter, trusted: written, version, update, arrayFilters, upsert }: FilteredUpdate,
  context: PlanContext,
): MaybePromise<UpdateModel> {
  const trusted = trustedParts(written, USED_PARTS.update, context.site);
  const versioned = demandVersion(withTrustedFilter(callerFilter, trusted, context.site), version, upsert, context);
  return modelUpdate({ kind, versioned, callerFilter, update, arrayFilters, upsert, trusted }, context);
}

/** Authorises one deletion. */
export function deleteModel(
  { kind, callerFilter, trusted: written, version }: FilteredWrite<DeleteModel['kind']>,
  context: PlanContext,
): DeleteModel {
  const trusted = trustedParts(written, USED_PARTS.delete, context.site);
  const whole = withTrustedFilter(callerFilter, trusted, context.site);
  const { filter, unversioned } = demandVersion(whole, version, false, context);
  return { kind, filter, unversioned };
}

function setFor(trusted: TrustedFields, index: number, count: number, { site }: PlanContext): TrustedFields {
  const { set, isPlain } = trusted;
  if (!isInputArray(set)) return trusted;
  if (set.length === count) return { set: set[index], isPlain };
  return site.refuse(
    'argument_invalid',
    '`trusted.set` must be one object for all documents, or an array with one object for each.',
    'trusted',
  );
}

/** The shape in which an insert returns its documents, if it has a projection. */
function shapeOnRequest(planOptions: PlanOptions, { policy, site }: PlanContext): PathNode | undefined {
  return 'projection' in planOptions ? resolveProjection(planOptions['projection'], policy, site).root : undefined;
}

function returnedDocument(planOptions: PlanOptions, { policy, site }: PlanContext) {
  const shape = resolveProjection(planOptions['projection'], policy, site);
  return { projection: emitProjection(shape), shape: shape.root, sort: sortOf(planOptions, policy.sortable, site) };
}
