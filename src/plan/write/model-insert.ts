import { quote } from '../../errors/quote.ts';
import { snapshot, type Inert } from '../../inert/snapshot.ts';
import { ownPaths } from '../../view/conventions.ts';
import { bare, type Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertValid } from './assert-valid.ts';
import { assertWritable } from './assert-writable.ts';
import { defaultValue } from './default-value.ts';
import { afterwards, type Later } from './later.ts';
import { mergeTrusted } from './merge-trusted.ts';
import { assertFreeDocument } from './stored-value.ts';
import type { InsertModel } from './write-model.ts';

/** The number that a new document's version begins with. */
const FIRST_VERSION = 1;

/**
 * Authorises a new document: the caller's part, what the program sets, and what the view adds by itself. The input is
 * read, and held to the view, before this returns; what may come later is the word of the view's validator.
 */
export function modelInsert(input: unknown, set: Inert, context: PlanContext): Later<InsertModel> {
  const { policy, site } = context;
  const copied = snapshot(input, 'the document', site);
  assertWritable(copied, policy.writable.root, site);
  if (set !== undefined) assertFreeDocument(set, 'trusted.set', site);
  const document = mergeTrusted(copied, set, site);
  const taken = ownPaths(policy.conventions).find((path) => Object.hasOwn(document, path));
  if (taken !== undefined) site.refuse('write_conflict', `${quote(taken)} is written by the view itself.`, taken);
  const { validate } = policy.conventions;
  const verdict = validate === undefined ? undefined : assertValid(copied, validate.insert, context);
  return afterwards(verdict, () => bare({ kind: 'insertOne' as const, document: withConventions(document, context) }));
}

function withConventions(document: Emitted, { policy, site }: PlanContext): Emitted {
  const { createdAt, updatedAt, version, defaults } = policy.conventions;
  const now = new Date();
  if (createdAt !== undefined) document[createdAt] = now;
  if (updatedAt !== undefined) document[updatedAt] = now;
  if (version !== undefined) document[version] = FIRST_VERSION;
  for (const [path, value] of defaults) {
    if (!Object.hasOwn(document, path)) document[path] = defaultValue(value, path, site);
  }
  return document;
}
