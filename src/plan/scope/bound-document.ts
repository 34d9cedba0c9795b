import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { bsonOf } from '../../input/bson-of.ts';
import { emptyFields, type InputCopy, type InputFields } from '../../input/copy-input.ts';
import { isWithin } from '../../view/path.ts';
import { scopePathsOf, type ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import type { ParsedUpdate } from '../update/parse-update.ts';
import type { CopiedEquality } from '../update/upsert-equalities.ts';
import { scopeValue } from './bound.ts';

declare const bound: unique symbol;

/** A new document of the call's scope. Only `boundDocument` makes one. */
export type BoundDocument = InputFields & { readonly [bound]: true };

/** The operators that may name a path of the scope, with the value that it has anyway. */
const SETTING: ReadonlySet<string> = new Set(['$set', '$setOnInsert']);

/** Puts a new document into the call's scope. It may name the scope's value itself, but no other. */
export function boundDocument(document: InputFields, call: CallContext<ViewPolicy>): BoundDocument {
  const fields = scopePathsOf(call.policy);
  if (fields.length === 0) return document as BoundDocument;
  const whole = Object.assign(emptyFields(), document);
  for (const field of fields) {
    const value = scopeValue(field, call.view, call);
    if (Object.hasOwn(whole, field) && !isSame(whole[field], value, call)) refuseOther(field, call);
    whole[field] = value as InputCopy;
  }
  return whole as BoundDocument;
}

/**
 * Throws if an update would move a document to another scope. It may set a path of the scope to the value that it has; the equalities of
 * an upsert have it once, because the server copies it into the new document.
 */
export function assertStaysInScope(
  { operators, paths }: ParsedUpdate,
  copied: readonly CopiedEquality[],
  call: CallContext<ViewPolicy>,
): void {
  for (const path of scopePathsOf(call.policy)) {
    if (paths.some(({ field }) => isWithin(field, path) || isWithin(path, field))) assertSame(path, operators, call);
    if (copied.filter((each) => isWithin(each.path, path)).length > 1) refuseNamed(path, call);
  }
}

function assertSame(path: string, operators: Emitted, call: CallContext<ViewPolicy>): void {
  const value = scopeValue(path, call.view, call);
  for (const [name, fields] of Object.entries(operators)) {
    for (const [field, written] of Object.entries(fields as Emitted)) {
      if (!isWithin(field, path) && !isWithin(path, field)) continue;
      if (field !== path || !SETTING.has(name) || !isSame(written, value, call)) refuseOther(path, call);
    }
  }
}

function isSame(one: unknown, other: unknown, call: CallContext): boolean {
  const [bytes, others] = [one, other].map((value) => bsonOf({ value }, 'A value of the scope', call));
  return Buffer.compare(bytes as Uint8Array, others as Uint8Array) === 0;
}

function refuseNamed(path: string, call: CallContext<ViewPolicy>): never {
  const name = call.policy.opaque.nameOf(path);
  return call.refuse(
    'scope_value',
    `The filter of an upsert names ${quote(name)}, which the scope already says: leave it out.`,
    name,
  );
}

function refuseOther(path: string, call: CallContext<ViewPolicy>): never {
  const name = call.policy.opaque.nameOf(path);
  return call.refuse(
    'scope_value',
    `${quote(name)} belongs to the scope, so only the scope sets it: leave it out. No call moves a document to another scope.`,
    name,
  );
}
