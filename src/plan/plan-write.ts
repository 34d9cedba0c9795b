import { readArray } from '../input/read.ts';
import type { PathNode } from '../view/path-tree.ts';
import { resolveProjection } from '../view/resolve-projection.ts';
import { authoriseFilterOfMany, authoriseFilterOfOne, withDemanded } from './filter/authorise-filter.ts';
import { emitProjection } from './projection/emit-projection.ts';
import type { Emitted } from './emit.ts';
import { parseOptions, type Shaping } from './options/parse-options.ts';
import { sortOf } from './filter/parse-sort.ts';
import type { PlanContext } from './plan-context.ts';
import { issuePlan, type FindAndModifyPlan, type InsertPlan, type WritePlan } from './plan.ts';
import { trustedParts, trustedSet, type TrustedSet } from './options/trusted-parts.ts';
import { demandVersion } from './update/demand-version.ts';
import { afterwards, type Later } from './update/later.ts';
import { modelInsert } from './update/model-insert.ts';
import { modelUpdate } from './update/model-update.ts';
import type { DeleteModel, UpdateModel } from './update/write-model.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';

/** Plans `insertOne`. */
export function planInsertOne(input: unknown, options: unknown, context: PlanContext): Later<InsertPlan> {
  const { policy, site, view } = context;
  const { shaping, passed } = parseOptions('insertOne', options, site);
  const own = trustedSet(shaping['trusted'], site);
  const shape = shapeOnRequest(shaping, context);
  return afterwards(modelInsert(input, own, context), (model) => issuePlan({ operation: 'insertOne', view, policy, options: passed, models: [model], shape }));
}

/** Plans `insertMany`. `trusted.set` is one object for all documents, or an array with one for each. */
export async function planInsertMany(inputs: unknown, options: unknown, context: PlanContext): Promise<InsertPlan> {
  const { policy, site, view } = context;
  const { shaping, passed } = parseOptions('insertMany', options, site);
  const own = trustedSet(shaping['trusted'], site);
  const shape = shapeOnRequest(shaping, context);
  const documents = readArray(inputs, 'the documents', site);
  if (documents.length === 0) return site.refuse('argument', 'insertMany() takes at least one document.');
  const models = await Promise.all(documents.map(async (document, index) => await modelInsert(document, setFor(own, index, documents.length, context), context)));
  return issuePlan({ operation: 'insertMany', view, policy, options: passed, models, shape });
}

/** Plans `updateOne` and `updateMany`. */
export function planUpdate(
  kind: UpdateModel['kind'],
  filter: unknown,
  update: unknown,
  options: unknown,
  context: PlanContext,
): Later<WritePlan> {
  const { policy, site, view } = context;
  const { shaping, passed } = parseOptions(kind, options, site);
  const authorised = updateModel(kind, filter, update, writeOptions(shaping, passed), context);
  return afterwards(authorised, (model) => issuePlan({ operation: kind, view, policy, options: passed, model }));
}

/** Plans `deleteOne` and `deleteMany`. */
export function planDelete(kind: DeleteModel['kind'], filter: unknown, options: unknown, context: PlanContext): WritePlan {
  const { shaping, passed } = parseOptions(kind, options, context.site);
  const model = deleteModel(kind, filter, writeOptions(shaping, passed), context);
  return issuePlan({ operation: kind, view: context.view, policy: context.policy, options: passed, model });
}

/** Plans `findOneAndUpdate`. */
export function planFindOneAndUpdate(filter: unknown, update: unknown, options: unknown, context: PlanContext): Later<FindAndModifyPlan> {
  const { policy, site, view } = context;
  const { shaping, passed } = parseOptions('findOneAndUpdate', options, site);
  const { projection, shape, sort } = returnedDocument(shaping, context);
  const authorised = updateModel('updateOne', filter, update, writeOptions(shaping, passed), context);
  return afterwards(authorised, (model) => issuePlan({ operation: 'findOneAndUpdate', view, policy, options: passed, model, projection, shape, sort }));
}

/** Plans `findOneAndDelete`. */
export function planFindOneAndDelete(filter: unknown, options: unknown, context: PlanContext): FindAndModifyPlan {
  const { shaping, passed } = parseOptions('findOneAndDelete', options, context.site);
  const model = deleteModel('deleteOne', filter, writeOptions(shaping, passed), context);
  return issuePlan({ operation: 'findOneAndDelete', view: context.view, policy: context.policy, options: passed, model, ...returnedDocument(shaping, context) });
}

/** Of the options of a write, or of a model of a bulk, what decides how it is authorised. */
interface WriteOptions {
  readonly shaping: Shaping;
  readonly upsert: boolean;
  readonly collation: unknown;
}

function writeOptions(shaping: Shaping, passed: Emitted): WriteOptions {
  return { shaping, upsert: passed['upsert'] === true, collation: passed['collation'] };
}

/** Authorises one update. The caller's input is read, and held to the view, before this returns. */
export function updateModel(
  kind: UpdateModel['kind'],
  filter: unknown,
  update: unknown,
  { shaping, upsert, collation }: WriteOptions,
  context: PlanContext,
): Later<UpdateModel> {
  const trusted = trustedParts(shaping['trusted'], USED_PARTS.update, context.site);
  const asked = kind === 'updateMany' ? authoriseFilterOfMany(filter, collation, context) : authoriseFilterOfOne(filter, collation, context);
  const versioned = demandVersion(withDemanded(asked, trusted, context.site), shaping['version'], upsert, context);
  return modelUpdate({ kind, versioned, asked, update, arrayFilters: shaping['arrayFilters'], upsert, trusted }, context);
}

/** Authorises one deletion. */
export function deleteModel(kind: DeleteModel['kind'], filter: unknown, { shaping, collation }: WriteOptions, context: PlanContext): DeleteModel {
  const trusted = trustedParts(shaping['trusted'], USED_PARTS.delete, context.site);
  const asked = kind === 'deleteMany' ? authoriseFilterOfMany(filter, collation, context) : authoriseFilterOfOne(filter, collation, context);
  const { filter: demanded, unversioned } = demandVersion(withDemanded(asked, trusted, context.site), shaping['version'], false, context);
  return { kind, filter: demanded, unversioned };
}

function setFor(own: TrustedSet, index: number, count: number, { site }: PlanContext): TrustedSet {
  const { set, isPlain } = own;
  if (!Array.isArray(set)) return own;
  if (set.length === count) return { set: set[index], isPlain };
  return site.refuse('argument', '`trusted.set` is one object for all documents, or an array with one for each.', 'trusted');
}

/** The shape in which an insert gives its documents back, where it was asked to. */
function shapeOnRequest(shaping: Shaping, { policy, site }: PlanContext): PathNode | undefined {
  return 'projection' in shaping ? resolveProjection(shaping['projection'], policy, site).root : undefined;
}

function returnedDocument(shaping: Shaping, { policy, site }: PlanContext) {
  const shape = resolveProjection(shaping['projection'], policy, site);
  return { projection: emitProjection(shape), shape: shape.root, sort: sortOf(shaping, policy.sortable, site) };
}
