import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { NO_FIELDS, type InputCopy } from '../../input/copy-input.ts';
import { payloadIn } from '../../values/trusted.ts';
import { assertFieldKinds } from '../../view/assert-kind.ts';
import { ownPaths } from '../../view/conventions.ts';
import type { Emitted } from '../emit.ts';
import type { TrustedFields } from '../options/trusted-parts.ts';
import { assertValid } from './assert-valid.ts';
import { assertStoredNames } from './assert-stored-name.ts';
import { documentToStore } from './document-to-store.ts';
import { defaultValue } from './default-value.ts';
import { freeDocument, freeFields } from './free-document.ts';
import { afterwards, type MaybePromise } from './maybe-promise.ts';
import { mergeTrusted } from './merge-trusted.ts';
import { boundDocument, type BoundDocument } from '../scope/bound-document.ts';
import type { InsertModel } from './write-model.ts';
import type { ViewPolicy } from '../../view/policy.ts';

/** The version of a new document. */
const FIRST_VERSION = 1;

/**
 * Authorises a new document: the caller's fields, the program's, and those that the view adds. The input is read and checked
 * against the view before this returns; only the view's validator may finish later.
 */
export function modelInsert(
  input: InputCopy,
  trusted: TrustedFields,
  call: CallContext<ViewPolicy>,
): MaybePromise<InsertModel> {
  const document = authoriseDocument(input, trusted, call);
  return afterwards(validate(input, call), () => insertModel(document, call));
}

/** The same for several documents. All of them are authorised before the validator sees the first. */
export function modelInserts(
  inputs: readonly InputCopy[],
  trustedAt: (index: number) => TrustedFields,
  call: CallContext<ViewPolicy>,
): MaybePromise<readonly InsertModel[]> {
  const documents = inputs.map((input, index) => authoriseDocument(input, trustedAt(index), call));
  const { validate: validator } = call.policy.conventions;
  const verdicts = validator && Promise.all(inputs.map(async (input) => await validate(input, call)));
  return afterwards(verdicts, () => documents.map((document) => insertModel(document, call)));
}

function authoriseDocument(input: InputCopy, trusted: TrustedFields, call: CallContext<ViewPolicy>): BoundDocument {
  const { policy } = call;
  const whole = payloadIn(input);
  const callers = whole === undefined ? input : NO_FIELDS;
  const written = documentToStore(callers, policy.writable.root, call);
  const own = whole === undefined ? freeFields(trusted, call) : freeDocument(whole, trusted, call);
  assertStoredNames(own, policy, call);
  const document = boundDocument(mergeTrusted(written, own, call), call);
  assertFieldKinds(document, policy.stored.root, call);
  const taken = ownPaths(policy.conventions).find((path) => Object.hasOwn(document, path));
  if (taken !== undefined)
    call.refuse('write_conflict', `The view sets ${quote(taken)} automatically, so a call must not set it.`, taken);
  return document;
}

/** Asks the view's validator about a caller's document. The program's own documents are not validated. */
function validate(input: InputCopy, call: CallContext<ViewPolicy>): Promise<void> | undefined {
  const validator = call.policy.conventions.validate;
  if (validator === undefined || payloadIn(input) !== undefined) return undefined;
  return assertValid(input, validator.insert, call);
}

function insertModel(document: BoundDocument, call: CallContext<ViewPolicy>): InsertModel {
  return { kind: 'insertOne', document: withConventions(document, call) };
}

function withConventions(document: BoundDocument, call: CallContext<ViewPolicy>): BoundDocument {
  const { createdAt, updatedAt, version, defaults } = call.policy.conventions;
  const stored: Emitted = document;
  const now = new Date();
  if (createdAt !== undefined) stored[createdAt] = now;
  if (updatedAt !== undefined) stored[updatedAt] = now;
  if (version !== undefined) stored[version] = FIRST_VERSION;
  for (const [path, value] of defaults) {
    if (!Object.hasOwn(stored, path)) stored[path] = defaultValue(value, path, call.policy.stored, call);
  }
  return document;
}
