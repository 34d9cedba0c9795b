import type { FastifyInstance } from 'fastify';
import { op } from 'safe-collection';

import type { Accounts } from './open-accounts.ts';
import type { Tokens } from './tokens.ts';

/** `GET /api/admin/report`: the users with a role other than 'user', only for an admin. The role is sent with an explicit `expose()`. */
export function adminReportRoute(app: FastifyInstance, { reports }: Pick<Accounts, 'reports'>, tokens: Tokens): void {
  app.get('/api/admin/report', async ({ headers }, reply) => {
    const username = tokens.holderOf(headers.authorization);
    if (username === undefined) return reply.code(401).send({ error: 'log in first' });
    // Checked on every request, so that a revoked role takes effect at once.
    if (!(await reports.exists({ username, internal_role: 'admin' })))
      return reply.code(403).send({ error: 'for admins' });
    const staff = await reports
      .find(
        { internal_role: op({ $ne: 'user' }) },
        { projection: { username: 1, internal_role: 1 }, sort: { username: 1 } },
      )
      .toArray();
    return {
      total: staff.length,
      staff: staff.map(({ username: name, internal_role }) => ({ name, role: internal_role.expose() })),
    };
  });
}
