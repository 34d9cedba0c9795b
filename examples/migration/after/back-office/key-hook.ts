import type { FastifyInstance, FastifyRequest } from 'fastify';

import { checkApiKey, type KeyHolder } from '../helpers/api-key-check.ts';
import { HttpError } from '../helpers/http-error.ts';
import type { Shop } from '../shop.ts';

const holders = new WeakMap<FastifyRequest, KeyHolder>();

/** Each request of the back office carries an API key. */
export function requireKey(app: FastifyInstance, { db }: Shop): void {
  app.addHook('onRequest', async (request) => {
    holders.set(request, await checkApiKey(db, request.headers['x-api-key']));
  });
}

export function holderOf(request: FastifyRequest, scope: string): string {
  const holder = holders.get(request);
  if (holder === undefined || !holder.scopes.includes(scope)) throw new HttpError(403, `the key has no scope ${scope}`);
  return holder.name;
}
