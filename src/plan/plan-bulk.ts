import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { BULK_MODELS, type BulkOperation } from '../grammar/bulk-models.ts';
import { readArray, readObject, readOptionEntries } from '../input/read.ts';
import { everything } from '../values/everything.ts';
import { bare, emptyDocument, type Emitted } from './emit.ts';
import { parseOption } from './options/parse-option.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import {
  changeOf,
  copyDocument,
  deleteModel,
  filteredWrite,
  updateModel,
  type FilteredUpdate,
  type FilteredWrite,
} from './plan-write.ts';
import { filteredReplace, replaceModel, type FilteredReplace } from './plan-replace.ts';
import { issuePlan, type BulkPlan } from './plan.ts';
import { trustedSet } from './options/trusted-parts.ts';
import { scopeCollation } from './scope/collation.ts';
import { afterwards, settledLater, type MaybePromise } from './update/maybe-promise.ts';
import { modelInsert } from './update/model-insert.ts';
import type { DeleteModel, WriteModel } from './update/write-model.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** One authorised write of a bulk. */
export type BulkModel = WriteModel & { readonly collation?: Emitted };

/** Plans `bulkWrite`: every model is authorised before any is sent. */
export async function planBulkWrite(
  models: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): Promise<BulkPlan> {
  const { driverOptions } = parseOptions('bulkWrite', options, call);
  const authorised = readArray(models, 'the models', call).map((model) => settledLater(planModel(model, call)));
  return planModels(await Promise.all(authorised), driverOptions, call);
}

/** Plans a bulk of models that are already authorised. */
export function planModels(
  models: readonly BulkModel[],
  driverOptions: Emitted,
  call: CallContext<ViewPolicy>,
): BulkPlan {
  if (models.length === 0) return call.refuse('argument_invalid', 'A bulk needs at least one model.');
  return issuePlan({ operation: 'bulkWrite', view: call.view, policy: call.policy, options: driverOptions, models });
}

/** Authorises one model of `bulkWrite`. The caller's input is read and checked against the view before this returns. */
function planModel(model: unknown, call: CallContext<ViewPolicy>): MaybePromise<BulkModel> {
  const [first, ...others] = readObject(model, 'a model of bulkWrite()', call);
  if (first === undefined || others.length > 0)
    return call.refuse('argument_invalid', 'A model of bulkWrite() must have one key: its operation.');
  const [kind, body] = first;
  if (!isOperation(kind)) return refuseKind(kind, call);
  const fields = modelFields(kind, body, call);
  const collation = 'collation' in fields ? readCollation(fields['collation'], call) : undefined;
  switch (kind) {
    case 'insertOne':
      return insertModelOf(fields['document'], fields, call);
    case 'updateOne':
    case 'updateMany': {
      const upsert = 'upsert' in fields && parseOption('upsert', fields['upsert'], call) === true;
      const write = filteredWrite(kind, fields['filter'], fields, collation, call);
      return updateModelOf(changeOf(write, fields['update'], fields, upsert, call), collation, call);
    }
    case 'replaceOne':
      return replaceModelOf(replacementIn(fields, collation, call), collation, call);
    case 'deleteOne':
    case 'deleteMany':
      return deleteModelOf(filteredWrite(kind, fields['filter'], fields, collation, call), collation, call);
    default:
      return refuseKind(kind satisfies never, call);
  }
}

/** Authorises one new document of a bulk. */
export function insertModelOf(
  document: unknown,
  { trusted }: { readonly trusted?: unknown },
  call: CallContext<ViewPolicy>,
): MaybePromise<BulkModel> {
  return modelInsert(copyDocument(document, call), trustedSet(trusted, call), call);
}

/** Authorises one update of a bulk. */
export function updateModelOf(
  update: FilteredUpdate,
  collation: Emitted | undefined,
  call: CallContext<ViewPolicy>,
): MaybePromise<BulkModel> {
  return afterwards(updateModel(update, call), (model) => withCollation(model, collation, call));
}

/** Authorises one replacement of a bulk. */
export function replaceModelOf(
  replacement: FilteredReplace,
  collation: Emitted | undefined,
  call: CallContext<ViewPolicy>,
): MaybePromise<BulkModel> {
  return afterwards(replaceModel(replacement, call), (model) => withCollation(model, collation, call));
}

function replacementIn(fields: PlanOptions, collation: Emitted | undefined, call: CallContext<ViewPolicy>) {
  const upsert = 'upsert' in fields && parseOption('upsert', fields['upsert'], call) === true;
  return filteredReplace(fields['filter'], fields['replacement'], fields, { collation, upsert }, call);
}

/** Authorises one deletion of a bulk. */
export function deleteModelOf(
  deletion: FilteredWrite<DeleteModel['kind']>,
  collation: Emitted | undefined,
  call: CallContext<ViewPolicy>,
): BulkModel {
  return withCollation(deleteModel(deletion, call), collation, call);
}

function withCollation(model: WriteModel, given: Emitted | undefined, call: CallContext): BulkModel {
  const collation = given ?? scopeCollation(call);
  return bare(collation === undefined ? { ...model } : { ...model, collation });
}

/** Reads the collation of one model. */
export function readCollation(collation: unknown, call: CallContext<ViewPolicy>): Emitted {
  return parseOption('collation', collation, call) as Emitted;
}

function isOperation(kind: string): kind is BulkOperation {
  return Object.hasOwn(BULK_MODELS, kind);
}

function modelFields(kind: BulkOperation, body: unknown, call: CallContext<ViewPolicy>): PlanOptions {
  const allowed: readonly string[] = BULK_MODELS[kind];
  const fields = emptyDocument();
  for (const [name, value] of readOptionEntries(body, `${quote(kind)} in bulkWrite()`, call, isData)) {
    if (!allowed.includes(name)) return refuseField(name, kind, call);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** Throws for an unknown field of a model. */
export function refuseField(name: string, kind: BulkOperation, call: CallContext): never {
  const takes = `is not a field of ${quote(kind)} in bulkWrite(). The fields are ${BULK_MODELS[kind].join(', ')}.`;
  return call.refuse('option_unknown', `${quote(name)} ${takes}`, name);
}

function refuseKind(kind: string, call: CallContext): never {
  return call.refuse(
    'argument_invalid',
    `bulkWrite() takes ${Object.keys(BULK_MODELS).join(', ')}, not ${quote(kind)}.`,
    kind,
  );
}

function isData(value: unknown): boolean {
  return value === everything || (typeof value !== 'function' && typeof value !== 'symbol');
}
