import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { trusted } from 'safe-collection';

import { HttpError } from '../http/http-error.ts';
import { readId } from '../http/read-query.ts';
import type { Request, Route } from '../http/route.ts';
import type { Users } from './open-users.ts';
import { userView } from './user-view.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** What a client that keeps to the rules sends. The casts below lie when one does not: the guard does not ask the types. */
interface SignUp {
  readonly username: string;
  readonly email: string;
  readonly profile?: { readonly bio: string };
}
interface ProfileEdit {
  readonly email: string;
  readonly 'profile.bio': string;
}

export function userWriteRoutes(users: Users): Route[] {
  return [
    { method: 'POST', status: 201, path: '/api/user', handle: (request) => signUp(users, request) },
    { method: 'PATCH', path: '/api/user/:id', handle: (request) => editProfile(users, request) },
  ];
}

/** The client's part goes in as it came; what only the program sets stands apart, where no JSON reaches. */
async function signUp(users: Users, { body }: Request) {
  const { password, ...input } = body as SignUp & { readonly password: unknown };
  if (typeof password !== 'string' || password.length < 12) throw new HttpError(400, 'password', 'A password has 12 characters or more.');
  const set = { password_hash: await hash(password), api_key: `sk_${randomBytes(18).toString('base64url')}`, internal_role: 'user' as const, addresses: [], sessions: [] };
  const { document } = await users.insertOne(input, { trusted: trusted({ set }), projection: userView });
  return document;
}

async function editProfile(users: Users, { params, body }: Request) {
  return await users.findOneAndUpdate(
    { _id: readId(params['id']) },
    { $set: body as ProfileEdit },
    { projection: userView, returnDocument: 'after' },
  );
}

async function hash(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, 32)).toString('base64url')}`;
}
