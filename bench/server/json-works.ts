import Fastify from 'fastify';

import { benchView } from '../data/bench-view.ts';
import { makeUser } from '../data/make-user.ts';
import { NARROW, WIDE } from '../data/projections.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Work } from '../measure/work.ts';

type Serialize = (value: unknown) => string;

export const JSON_LANES = {
  stringify: 'JSON.stringify',
  schema: "Fastify with the view's schema",
  typed: "Fastify with the view's schema, leaves described",
} as const;

const STRING = { type: 'string' } as const;
const DATE = { type: 'string', format: 'date-time' } as const;
const NARROW_LEAVES = { username: STRING, email: STRING, joined_at: DATE };
const WIDE_LEAVES = {
  ...NARROW_LEAVES,
  age: { type: 'integer' },
  tags: { type: 'array', items: STRING },
  'profile.bio': STRING,
  'profile.avatar': STRING,
  'addresses.city': STRING,
} as const;

/** Fastify's serializer for the view's schema, with and without the types of its leaves, compared with `JSON.stringify`. */
export async function jsonWorks(): Promise<readonly Work[]> {
  const narrow = benchView.toJSONSchema(NARROW);
  const narrowTyped = benchView.toJSONSchema(NARROW, { leaves: NARROW_LEAVES });
  const wide = benchView.toJSONSchema(WIDE);
  const wideTyped = benchView.toJSONSchema(WIDE, { leaves: WIDE_LEAVES });
  const stored = Array.from({ length: 1_000 }, (_, index) => makeUser(index));
  const narrowUsers = stored.map((user) => benchView.pick(user, NARROW));
  const wideUsers = stored.map((user) => benchView.pick(user, WIDE));
  return [
    await workOf('1 user, 3 paths', narrow, narrowTyped, narrowUsers[0]),
    await workOf('1,000 users, 3 paths', listOf(narrow), listOf(narrowTyped), narrowUsers),
    await workOf('1,000 users, 8 paths', listOf(wide), listOf(wideTyped), wideUsers),
  ];
}

function listOf(items: object): object {
  return { type: 'array', items };
}

async function workOf(name: string, plain: object, typed: object, value: unknown): Promise<Work> {
  const [bySchema, byTypedSchema] = [await serializerOf(plain), await serializerOf(typed)];
  const calls = Array.isArray(value) ? 1 : 1_000;
  const times = (serialize: Serialize) => () => {
    for (let call = 0; call < calls; call += 1) serialize(value);
  };
  return {
    name,
    lanes: [
      { name: JSON_LANES.stringify, run: times(JSON.stringify) },
      { name: LANES.again, run: times(JSON.stringify) },
      { name: JSON_LANES.schema, run: times(bySchema) },
      { name: JSON_LANES.typed, run: times(byTypedSchema) },
    ],
  };
}

/** The serializer that Fastify compiles for a route with this response schema. */
async function serializerOf(schema: object): Promise<Serialize> {
  const app = Fastify();
  let found: Serialize | undefined;
  app.get('/', (_request, reply) => {
    found = reply.compileSerializationSchema(schema as Record<string, unknown>) as Serialize;
    return '';
  });
  await app.inject('/');
  await app.close();
  if (found === undefined) throw new Error('Fastify compiled no serializer');
  return found;
}
