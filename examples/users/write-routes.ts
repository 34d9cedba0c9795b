import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { trusted } from 'safe-collection';

import { found } from '../http/found.ts';
import { HttpError } from '../http/http-error.ts';
import { JSON_BODY } from '../http/json-body.ts';
import { readId } from '../http/read-query.ts';
import type { Users } from './open-users.ts';
import { userView } from './user-view.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** The expected request body. A client may send anything; the guard checks the value at run time. */
interface SignUp {
  readonly password: unknown;
  readonly username: string;
  readonly email: string;
  readonly profile?: { readonly bio: string };
}
interface ProfileEdit {
  readonly email: string;
  readonly 'profile.bio': string;
}

export function userWriteRoutes(app: FastifyInstance, users: Users): void {
  // The client's input is stored as it was sent. The program's values are passed separately, where JSON can't set them.
  app.post<{ Body: SignUp }>('/api/user', { schema: JSON_BODY }, async ({ body }, reply) => {
    const { password, ...input } = body;
    if (typeof password !== 'string' || password.length < 12)
      throw new HttpError(400, 'password', 'A password has 12 characters or more.');
    const set = {
      password_hash: await hash(password),
      api_key: `sk_${randomBytes(18).toString('base64url')}`,
      internal_role: 'user' as const,
      addresses: [],
      sessions: [],
    };
    const { document } = await users.insertOne(input, { trusted: trusted({ set }), projection: userView });
    return reply.code(201).send(document);
  });

  app.patch<{ Params: { readonly id: string }; Body: ProfileEdit }>(
    '/api/user/:id',
    { schema: JSON_BODY },
    async ({ params, body }) =>
      found(
        await users.findOneAndUpdate(
          { _id: readId(params.id) },
          { $set: body },
          { projection: userView, returnDocument: 'after' },
        ),
      ),
  );
}

async function hash(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, 32)).toString('base64url')}`;
}
