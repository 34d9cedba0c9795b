import type { CallContext } from '../../errors/call-context.ts';
import { inputObject, NO_FIELDS, type InputCopy, type InputFields, type InputObject } from '../../input/copy-input.ts';
import { payloadIn } from '../../values/trusted.ts';
import { assertFieldKinds } from '../../view/assert-kind.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { bare } from '../emit.ts';
import type { TrustedFields } from '../options/trusted-parts.ts';
import { assertValid } from './assert-valid.ts';
import { assertStoredNames } from './assert-stored-name.ts';
import { documentToStore } from './document-to-store.ts';
import { freeDocument, freeFields } from './free-document.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { mergeTrusted } from './merge-trusted.ts';
import { modelUpdate, type UpdateRequest } from './model-update.ts';
import { replacedFields } from './replaced-fields.ts';
import type { UpdateModel } from './write-model.ts';

/** The input of `modelReplace`. */
export interface ReplaceRequest extends Pick<UpdateRequest, 'versioned' | 'callerFilter' | 'upsert' | 'collation'> {
  readonly replacement: InputCopy;
  readonly trusted: TrustedFields;
}

/**
 * Authorises a replacement. It is sent as an update that sets what it names and unsets the other writable paths. So everything that
 * a caller may not write stays, also what the view does not know, and no value is read as an expression.
 */
export function modelReplace(request: ReplaceRequest, call: CallContext<ViewPolicy>): MaybePromise<UpdateModel> {
  const { replacement, trusted, ...rest } = request;
  const { policy } = call;
  const whole = payloadIn(replacement);
  const document = whole === undefined ? replacement : NO_FIELDS;
  const stored = documentToStore(document, policy.writable.root, call);
  const own = whole === undefined ? freeFields(trusted, call) : freeDocument(whole, trusted, call);
  assertStoredNames(own, policy, call);
  assertFieldKinds(mergeTrusted(stored, own, call), policy.stored.root, call);
  // By public paths, because it becomes a caller's update.
  const fields = replacedFields(document as InputObject, own, call);
  const { validate } = policy.conventions;
  const isAsked = validate !== undefined && whole === undefined;
  return modelUpdate(
    {
      ...rest,
      kind: 'updateOne',
      update: operators({ $set: fields.callers, $unset: unsetAll(fields.dropped) }),
      arrayFilters: undefined,
      trusted: bare({ ...NO_PARTS, update: operators({ $set: fields.own }) }),
      validate: () => (isAsked ? assertValid(document, validate.insert, call) : undefined),
    },
    call,
  );
}

const NO_PARTS = Object.freeze(bare({ filter: undefined, joins: undefined, set: undefined, arrayFilters: undefined }));

/** Operators with their fields. One without fields is not sent. */
function operators(fields: Readonly<Record<string, InputFields>>): InputCopy {
  return inputObject(Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, inputObject(each)])));
}

function unsetAll(paths: readonly string[]): InputFields {
  return Object.fromEntries(paths.map((path) => [path, '']));
}
