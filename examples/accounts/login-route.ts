import type { FastifyInstance } from 'fastify';
import { Sensitive } from 'safe-collection/privileged';

import { userSummary, userView } from '../users/user-view.ts';
import type { Accounts } from './open-accounts.ts';
import { hashPassword, isPassword } from './password.ts';
import type { Tokens } from './tokens.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const BODY = {
  type: 'object',
  properties: { username: { type: 'string', maxLength: 100 }, password: { type: 'string', maxLength: 100 } },
  required: ['username', 'password'],
  additionalProperties: false,
};

const ANSWER = {
  type: 'object',
  properties: {
    user: userView.toJSONSchema(userSummary, {
      leaves: {
        username: { type: 'string' },
        joined_at: { type: 'string', format: 'date-time' },
        'profile.avatar': { type: 'string' },
      },
    }),
    token: { type: 'string' },
  },
};

/** `POST /api/login`: compares a stored hash. The response contains neither the hash nor the reason of a failure. */
export async function loginRoute(
  app: FastifyInstance,
  { users, logins }: Pick<Accounts, 'users' | 'logins'>,
  tokens: Tokens,
): Promise<void> {
  // Unknown names need a comparison too; otherwise the time would show which names exist.
  const nobody = new Sensitive(await hashPassword(''));

  app.post<{ Body: Credentials }>(
    '/api/login',
    { schema: { body: BODY, response: { 200: ANSWER } } },
    async ({ body }, reply) => {
      const { username, password } = body;
      const stored = await logins.findOne({ username }, { projection: { password_hash: 1 } });
      const isRight = await (stored?.password_hash ?? nobody).verify((hash) => isPassword(password, hash));
      if (stored === null || !isRight) return reply.code(401).send({ error: 'wrong name or password' });
      return { user: await users.findOne({ username }, { projection: userSummary }), token: tokens.issue(username) };
    },
  );
}
