import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInputObject, NO_FIELDS, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { assertFieldKinds } from '../../view/assert-kind.ts';
import { ownPaths } from '../../view/conventions.ts';
import type { Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';
import type { TrustedFields } from '../options/trusted-parts.ts';
import { assertValid } from './assert-valid.ts';
import { assertWritable } from './assert-writable.ts';
import { defaultValue } from './default-value.ts';
import { afterwards, type MaybePromise } from './maybe-promise.ts';
import { mergeTrusted } from './merge-trusted.ts';
import { assertFreeFields } from './stored-value.ts';
import type { InsertModel } from './write-model.ts';

/** The version of a new document. */
const FIRST_VERSION = 1;

/**
 * Authorises a new document: the caller's fields, the program's, and those that the view adds. The input is read and checked
 * against the view before this returns; only the view's validator may finish later.
 */
export function modelInsert(input: InputCopy, trusted: TrustedFields, context: PlanContext): MaybePromise<InsertModel> {
  const { policy, site } = context;
  assertWritable(input, policy.writable.root, site);
  const document = mergeTrusted(input, freeDocument(trusted, site), site);
  assertFieldKinds(document, policy.stored.root, site);
  const taken = ownPaths(policy.conventions).find((path) => Object.hasOwn(document, path));
  if (taken !== undefined)
    site.refuse('write_conflict', `The view sets ${quote(taken)} automatically, so a call must not set it.`, taken);
  const { validate } = policy.conventions;
  const verdict = validate === undefined ? undefined : assertValid(input, validate.insert, context);
  return afterwards(verdict, () => ({ kind: 'insertOne', document: withConventions(document, context) }));
}

/** The fields that the program sets. If they were found to be plain when they were copied, they are not checked again. */
function freeDocument({ set, isPlain }: TrustedFields, site: Site): InputObject {
  if (set === undefined) return NO_FIELDS;
  if (!isInputObject(set)) return site.refuse('argument_invalid', 'trusted.set must be an object of fields.');
  if (!isPlain) assertFreeFields(set, '', site);
  return set;
}

function withConventions(document: Emitted, { policy, site }: PlanContext): Emitted {
  const { createdAt, updatedAt, version, defaults } = policy.conventions;
  const now = new Date();
  if (createdAt !== undefined) document[createdAt] = now;
  if (updatedAt !== undefined) document[updatedAt] = now;
  if (version !== undefined) document[version] = FIRST_VERSION;
  for (const [path, value] of defaults) {
    if (!Object.hasOwn(document, path)) document[path] = defaultValue(value, path, policy.stored, site);
  }
  return document;
}
