import { type Db, ObjectId } from 'mongodb';

import { apiKeys } from '../database.ts';
import { HttpError } from './http-error.ts';
import { hashToken, newToken } from './secrets.ts';

export interface KeyHolder {
  readonly name: string;
  readonly scopes: readonly string[];
}

/** Looks the key up by its hash, and notes when it was used. */
export async function checkApiKey(db: Db, header: unknown): Promise<KeyHolder> {
  if (typeof header !== 'string') throw new HttpError(401, 'an API key is required');
  const key = await apiKeys(db).findOneAndUpdate(
    { key_hash: hashToken(header), revoked_at: null },
    { $set: { last_used_at: new Date() } },
    { returnDocument: 'after' },
  );
  if (key === null) throw new HttpError(401, 'the API key is not valid');
  return { name: key.name, scopes: key.scopes };
}

/** The key is shown once: only its hash is stored. */
export async function createApiKey(db: Db, name: string, scopes: readonly string[], owner: string): Promise<string> {
  const key = newToken('sk');
  await apiKeys(db).insertOne({
    _id: new ObjectId(),
    name,
    prefix: key.slice(0, 8),
    key_hash: hashToken(key),
    scopes: [...scopes],
    owner_email: owner,
    created_at: new Date(),
    last_used_at: null,
    revoked_at: null,
  });
  return key;
}

export async function listApiKeys(db: Db) {
  return await apiKeys(db).find({ revoked_at: null }).project({ key_hash: 0 }).sort({ name: 1 }).toArray();
}

export async function revokeApiKey(db: Db, name: string): Promise<boolean> {
  const { modifiedCount } = await apiKeys(db).updateMany({ name, revoked_at: null }, { $set: { revoked_at: new Date() } });
  return modifiedCount > 0;
}
