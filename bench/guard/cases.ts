import type { ViewPolicy } from '../../src/view/policy.ts';
import { callContext, type CallContext } from '../../src/errors/call-context.ts';
import { op } from '../../src/index.ts';
import { assertPrototypeIsClean } from '../../src/driver/prototype-guard.ts';
import { bare } from '../../src/plan/emit.ts';
import { emitProjection } from '../../src/plan/projection/emit-projection.ts';
import { planFind } from '../../src/plan/plan-read.ts';
import { planFindOneAndUpdate, planInsertOne, planUpdate } from '../../src/plan/plan-write.ts';
import { policyOf } from '../../src/view/policies.ts';
import { resolveWhole } from '../../src/view/resolve-projection.ts';
import { idBatch } from './id-batch.ts';
import { FIELDS, userView } from './user-view.ts';

/** A warm call of the guard, and its limit in µs if there is one: what was measured on two busy cores. */
export interface Case {
  readonly name: string;
  readonly budget?: number;
  readonly call: () => unknown;
}

const ABOUT_TO_WRITE = bare({ operation: 'updateOne' as const, view: 'users' });
const policy = policyOf(userView, callContext('bench', 'users'));
const joined = new Date();
let calls = 0;

/** A call as a collection makes it for each call. */
function call(operation: string): CallContext<ViewPolicy> {
  return callContext(operation, 'users', policy, undefined);
}

/** The look-up of an inline projection: a new object with the same keys each time. */
function lookUp(width: number): () => unknown {
  const written = Object.fromEntries(FIELDS.slice(0, width).map((path) => [path, 1]));
  const context = call('findOne');
  return () => emitProjection(resolveWhole({ ...written }, policy, context));
}

const next = (): string => `user${(calls += 1) % 1_000}`;

/** All cases. Each creates its input again, as a caller does. */
export const CASES: readonly Case[] = [
  { name: 'projection of 3 paths', budget: 0.5, call: lookUp(3) },
  { name: 'projection of 10 paths', budget: 1, call: lookUp(10) },
  { name: 'projection of 30 paths', budget: 2.5, call: lookUp(30) },
  {
    name: 'projection, array of 3',
    call: () => emitProjection(resolveWhole(['username', 'email', 'profile.bio'], policy, call('findOne'))),
  },
  {
    name: 'findOne: filter of 2, projection of 3, sort',
    budget: 2.5,
    call: () =>
      planFind(
        'findOne',
        { username: next(), age: 21 },
        { projection: { username: 1, email: 1, 'profile.bio': 1 }, sort: { joined_at: -1 } },
        call('findOne'),
      ),
  },
  {
    name: 'findOne: the same with op() and _id: 0',
    call: () =>
      planFind(
        'findOne',
        { username: next(), age: op({ $gte: 21 }) },
        { projection: { username: 1, email: 1, 'profile.bio': 1, _id: 0 }, sort: { joined_at: -1 } },
        call('findOne'),
      ),
  },
  {
    name: 'insertOne: 5 fields',
    call: () =>
      planInsertOne(
        { username: next(), email: 'a@b.c', age: 21, joined_at: joined, profile: { bio: 'x' } },
        undefined,
        call('insertOne'),
      ),
  },
  {
    name: 'updateOne: filter of 1, $set of 2',
    call: () =>
      planUpdate(
        'updateOne',
        { username: next() },
        { $set: { email: 'a@b.c', 'profile.bio': 'x' } },
        undefined,
        call('updateOne'),
      ),
  },
  {
    name: 'findOneAndUpdate: the same, projection of 3',
    call: () =>
      planFindOneAndUpdate(
        { username: next() },
        { $set: { email: 'a@b.c', 'profile.bio': 'x' } },
        { projection: { username: 1, email: 1, 'profile.bio': 1 } },
        call('findOneAndUpdate'),
      ),
  },
  { name: 'before each command: the prototypes', budget: 0.7, call: () => assertPrototypeIsClean(ABOUT_TO_WRITE) },
  { name: 'opaque ids: a batch of 1,000', budget: 50, call: idBatch(1_000) },
  { name: 'opaque ids: a batch of 256', budget: 12.8, call: idBatch(256) },
];
