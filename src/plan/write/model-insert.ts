import { quote } from '../../errors/quote.ts';
import { snapshot, type Inert } from '../../inert/snapshot.ts';
import { makeDefault } from '../../view/parse-conventions.ts';
import { bare, type Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';
import { mergeTrusted } from './merge-trusted.ts';
import { parseDocument } from './parse-document.ts';
import { freeDocument, freeValue } from './stored-value.ts';
import { validated } from './validated.ts';
import type { InsertModel } from './write-model.ts';

/** The number that a new document's version begins with. */
const FIRST_VERSION = 1;

/**
 * Authorises a new document: the caller's part, what the program sets, and what the view adds by itself. The input is
 * read before this returns; what it awaits is the view's validator.
 */
export async function modelInsert(input: unknown, set: Inert, context: PlanContext): Promise<InsertModel> {
  const { policy, site } = context;
  const copied = snapshot(input, 'the document', site);
  const asked = parseDocument(copied, policy.writable, site);
  const own = set === undefined ? undefined : freeDocument(set, 'trusted.set', site);
  const { validate } = policy.conventions;
  const checked = validate === undefined ? asked : parseDocument(await validated(copied, validate.insert, context), policy.writable, site);
  const document = own === undefined ? checked : mergeTrusted(checked, own, site);
  return bare({ kind: 'insertOne', document: withConventions(document, context) });
}

function withConventions(document: Emitted, { policy, site }: PlanContext): Emitted {
  const { createdAt, updatedAt, version, defaults } = policy.conventions;
  const now = new Date();
  for (const [path, value] of [[createdAt, now], [updatedAt, now], [version, FIRST_VERSION]] as const) {
    if (path === undefined) continue;
    if (Object.hasOwn(document, path)) site.refuse('write_conflict', `${quote(path)} is written by the view itself.`, path);
    document[path] = value;
  }
  for (const [path, value] of defaults) {
    if (!Object.hasOwn(document, path)) document[path] = freeValue(makeDefault(value, path, site), path, site);
  }
  return document;
}
