import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import { BULK_MODELS, type BulkOperation } from '../grammar/bulk-models.ts';
import { readArray, readObject } from '../input/read.ts';
import { everything } from '../values/everything.ts';
import { bare, emptyDocument, type Emitted } from './emit.ts';
import { PASSED_OPTIONS } from './options/parse-option.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import type { PlanContext } from './plan-context.ts';
import { deleteModel, updateModel } from './plan-write.ts';
import { issuePlan, type BulkPlan } from './plan.ts';
import { trustedSet } from './options/trusted-parts.ts';
import { afterwards, type MaybePromise } from './update/maybe-promise.ts';
import { modelInsert } from './update/model-insert.ts';
import type { WriteModel } from './update/write-model.ts';

/** One authorised write of a bulk. */
export type BulkModel = WriteModel & { readonly collation?: Emitted };

/** Plans `bulkWrite`: every model is authorised before any is sent. */
export async function planBulkWrite(models: unknown, options: unknown, context: PlanContext): Promise<BulkPlan> {
  const { driverOptions } = parseOptions('bulkWrite', options, context.site);
  const written = readArray(models, 'the models', context.site);
  return planModels(
    await Promise.all(written.map(async (model) => await authoriseModel(model, context))),
    driverOptions,
    context,
  );
}

/** Plans a bulk of models that are already authorised. */
export function planModels(
  models: readonly BulkModel[],
  driverOptions: Emitted,
  { policy, site, view }: PlanContext,
): BulkPlan {
  if (models.length === 0) return site.refuse('argument_invalid', 'A bulk needs at least one model.');
  return issuePlan({ operation: 'bulkWrite', view, policy, options: driverOptions, models });
}

/** Authorises one model. The caller's input is read and checked against the view before this returns. */
export function authoriseModel(model: unknown, context: PlanContext): MaybePromise<BulkModel> {
  const { site } = context;
  const [first, ...others] = readObject(model, 'a model of bulkWrite()', site);
  if (first === undefined || others.length > 0)
    return site.refuse('argument_invalid', 'A model of bulkWrite() must have one key: its operation.');
  const [kind, body] = first;
  if (!isOperation(kind)) return refuseKind(kind, site);
  const fields = modelFields(kind, body, context);
  const collation = 'collation' in fields ? (option('collation', fields['collation'], context) as Emitted) : undefined;
  const own = collation === undefined ? {} : { collation };
  switch (kind) {
    case 'insertOne':
      return modelInsert(fields['document'], trustedSet(fields['trusted'], site), context);
    case 'updateOne':
    case 'updateMany': {
      const upsert = 'upsert' in fields && option('upsert', fields['upsert'], context) === true;
      const authorised = updateModel(
        kind,
        fields['filter'],
        fields['update'],
        { planOptions: fields, upsert, collation },
        context,
      );
      return afterwards(authorised, (whole) => bare({ ...whole, ...own }));
    }
    case 'deleteOne':
    case 'deleteMany':
      return bare({
        ...deleteModel(kind, fields['filter'], { planOptions: fields, upsert: false, collation }, context),
        ...own,
      });
    default:
      return refuseKind(kind satisfies never, site);
  }
}

function isOperation(kind: string): kind is BulkOperation {
  return Object.hasOwn(BULK_MODELS, kind);
}

function modelFields(kind: BulkOperation, body: unknown, { site }: PlanContext): PlanOptions {
  const allowed: readonly string[] = BULK_MODELS[kind];
  const fields = emptyDocument();
  for (const [name, value] of readObject(body, `${quote(kind)} in bulkWrite()`, site, isData)) {
    if (!allowed.includes(name)) return refuseField(name, kind, allowed, site);
    fields[name] = value;
  }
  return fields;
}

function refuseField(name: string, kind: string, allowed: readonly string[], site: Site): never {
  const takes = `is not a field of ${quote(kind)} in bulkWrite(). The fields are ${allowed.join(', ')}.`;
  return site.refuse('option_unknown', `${quote(name)} ${takes}`, name);
}

function refuseKind(kind: string, site: Site): never {
  return site.refuse(
    'argument_invalid',
    `bulkWrite() takes ${Object.keys(BULK_MODELS).join(', ')}, not ${quote(kind)}.`,
    kind,
  );
}

function isData(value: unknown): boolean {
  return value === everything || (typeof value !== 'function' && typeof value !== 'symbol');
}

function option(name: string, value: unknown, { site }: PlanContext): unknown {
  return PASSED_OPTIONS.get(name)?.(value, name, site);
}
