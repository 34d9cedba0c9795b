import type { FastifyInstance } from 'fastify';

import { userView } from '../users/user-view.ts';
import type { Accounts } from './open-accounts.ts';

/** `GET /api/account`: the account of the key in `x-api-key`. The key is used in a filter, but not read. */
export function apiKeyRoute(app: FastifyInstance, { users, keys }: Pick<Accounts, 'users' | 'keys'>): void {
  app.get('/api/account', async ({ headers }, reply) => {
    const presented = headers['x-api-key'];
    const holder =
      typeof presented === 'string'
        ? await keys.findOne({ api_key: presented }, { projection: { username: 1 } })
        : null;
    if (holder === null) return reply.code(401).send({ error: 'no such key' });
    return await users.findOne({ username: holder.username }, { projection: userView });
  });
}
