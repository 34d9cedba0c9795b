import { type Db, ObjectId } from 'mongodb';

import { HttpError } from './http-error.ts';
import { hashToken, newToken } from './secrets.ts';
import { trusted } from 'safe-collection';
import { safeDb } from '../collections.ts';
import { apiKeyView } from '../views.ts';

export interface KeyHolder {
  readonly name: string;
  readonly scopes: readonly string[];
}

/** Looks the key up by its hash, and notes when it was used. */
export async function checkApiKey(db: Db, header: unknown): Promise<KeyHolder> {
  if (typeof header !== 'string') throw new HttpError(401, 'an API key is required');
  const key = await safeDb(db).api_keys.findOneAndUpdate({ revoked_at: null }, {}, { projection: { name: 1, scopes: 1 }, returnDocument: 'after', trusted: trusted({ filter: { key_hash: hashToken(header) }, update: { $set: { last_used_at: new Date() } } }) });
  if (key === null) throw new HttpError(401, 'the API key is not valid');
  return { name: key.name, scopes: key.scopes };
}

/** The key is shown once: only its hash is stored. */
export async function createApiKey(db: Db, name: string, scopes: readonly string[], owner: string): Promise<string> {
  const key = newToken('sk');
  await safeDb(db).api_keys.insertOne({ name, scopes: [...scopes], owner_email: owner }, { trusted: trusted({ set: { _id: new ObjectId(), prefix: key.slice(0, 8), key_hash: hashToken(key), created_at: new Date(), last_used_at: null, revoked_at: null } }) });
  return key;
}

export async function listApiKeys(db: Db) {
  // safe-collection: the whole document is passed on here, so all fields that apiKeyView makes public are projected: name what is needed
  return await safeDb(db).api_keys.find({ revoked_at: null }, { projection: apiKeyView }).sort({ name: 1 }).toArray();
}

export async function revokeApiKey(db: Db, name: string): Promise<boolean> {
  const { modifiedCount = 0 } = await safeDb(db).api_keys.updateMany({ name, revoked_at: null }, {}, { trusted: trusted({ update: { $set: { revoked_at: new Date() } } }) });
  return modifiedCount > 0;
}
