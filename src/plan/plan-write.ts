import { readArray } from '../input/read.ts';
import { trustedDocumentsIn } from '../values/trusted.ts';
import type { InertObject } from '../input/snapshot.ts';
import type { PathNode } from '../view/path-tree.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { authoriseFilterOfMany, authoriseFilterOfOne, type AuthorisedFilter } from './filter/authorise-filter.ts';
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
import type { DeleteModel, UpdateModel } from './update/write-model.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';

/** Plans `insertOne`. */
export function planInsertOne(input: unknown, options: unknown, context: PlanContext): MaybePromise<InsertPlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions('insertOne', options, site);
  const trusted = trustedSet(planOptions['trusted'], site);
  const shape = shapeOnRequest(planOptions, context);
  return afterwards(modelInsert(input, trusted, context), (model) =>
    issuePlan({ operation: 'insertOne', view, policy, options: driverOptions, models: [model], shape }),
  );
}

/** Plans `insertMany`. `trusted.set` is one object for all documents, or an array with one for each. */
export async function planInsertMany(inputs: unknown, options: unknown, context: PlanContext): Promise<InsertPlan> {
  const { policy, site, view } = context;
  const { planOptions, driverOptions } = parseOptions('insertMany', options, site);
  const trusted = trustedSet(planOptions['trusted'], site);
  const shape = shapeOnRequest(planOptions, context);
  const documents = trustedDocumentsIn(inputs) ?? readArray(inputs, 'the documents', site);
  if (documents.length === 0) return site.refuse('argument_invalid', 'insertMany() needs at least one document.');
  const models = await Promise.all(
    documents.map(
      async (document, index) =>
        await modelInsert(document, setFor(trusted, index, documents.length, context), context),
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
  const authorised = updateModel(kind, filter, update, writeOptions(planOptions, driverOptions), context);
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
  const model = deleteModel(kind, filter, writeOptions(planOptions, driverOptions), context);
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
  const authorised = updateModel('updateOne', filter, update, writeOptions(planOptions, driverOptions), context);
  return afterwards(authorised, (model) =>
    issuePlan({ operation: 'findOneAndUpdate', view, policy, options: driverOptions, model, projection, shape, sort }),
  );
}

/** Plans `findOneAndDelete`. */
export function planFindOneAndDelete(filter: unknown, options: unknown, context: PlanContext): FindAndModifyPlan {
  const { planOptions, driverOptions } = parseOptions('findOneAndDelete', options, context.site);
  const model = deleteModel('deleteOne', filter, writeOptions(planOptions, driverOptions), context);
  return issuePlan({
    operation: 'findOneAndDelete',
    view: context.view,
    policy: context.policy,
    options: driverOptions,
    model,
    ...returnedDocument(planOptions, context),
  });
}

/** Of the options of a write, or of a model of a bulk, what decides how it is authorised. */
interface WriteOptions {
  readonly planOptions: PlanOptions;
  readonly upsert: boolean;
  readonly collation: unknown;
}

function writeOptions(planOptions: PlanOptions, driverOptions: Emitted): WriteOptions {
  return { planOptions, upsert: driverOptions['upsert'] === true, collation: driverOptions['collation'] };
}

/** Authorises one update. The caller's input is read, and held to the view, before this returns. */
export function updateModel(
  kind: UpdateModel['kind'],
  filter: unknown,
  update: unknown,
  { planOptions, upsert, collation }: WriteOptions,
  context: PlanContext,
): MaybePromise<UpdateModel> {
  const trusted = trustedParts(planOptions['trusted'], USED_PARTS.update, context.site);
  const { whole, callers } = filterOf(kind, filter, trusted, collation, context);
  const versioned = demandVersion(whole, planOptions['version'], upsert, context);
  return modelUpdate(
    { kind, versioned, callerFilter: callers, update, arrayFilters: planOptions['arrayFilters'], upsert, trusted },
    context,
  );
}

/** Authorises one deletion. */
export function deleteModel(
  kind: DeleteModel['kind'],
  filter: unknown,
  { planOptions, collation }: WriteOptions,
  context: PlanContext,
): DeleteModel {
  const trusted = trustedParts(planOptions['trusted'], USED_PARTS.delete, context.site);
  const { whole } = filterOf(kind, filter, trusted, collation, context);
  const { filter: versioned, unversioned } = demandVersion(whole, planOptions['version'], false, context);
  return { kind, filter: versioned, unversioned };
}

function filterOf(
  kind: UpdateModel['kind'] | DeleteModel['kind'],
  filter: unknown,
  trusted: InertObject,
  collation: unknown,
  context: PlanContext,
): AuthorisedFilter {
  const authorise = kind === 'updateMany' || kind === 'deleteMany' ? authoriseFilterOfMany : authoriseFilterOfOne;
  return authorise(filter, trusted, collation, context);
}

function setFor(trusted: TrustedFields, index: number, count: number, { site }: PlanContext): TrustedFields {
  const { set, isPlain } = trusted;
  if (!Array.isArray(set)) return trusted;
  if (set.length === count) return { set: set[index], isPlain };
  return site.refuse(
    'argument_invalid',
    '`trusted.set` must be one object for all documents, or an array with one object for each.',
    'trusted',
  );
}

/** The shape in which an insert gives its documents back, where it was asked to. */
function shapeOnRequest(planOptions: PlanOptions, { policy, site }: PlanContext): PathNode | undefined {
  return 'projection' in planOptions ? resolveProjection(planOptions['projection'], policy, site).root : undefined;
}

function returnedDocument(planOptions: PlanOptions, { policy, site }: PlanContext) {
  const shape = resolveProjection(planOptions['projection'], policy, site);
  return { projection: emitProjection(shape), shape: shape.root, sort: sortOf(planOptions, policy.sortable, site) };
}
