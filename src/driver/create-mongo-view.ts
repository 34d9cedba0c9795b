import { MongoServerError, type Db } from 'mongodb';

import { emptyDocument, type Emitted } from '../plan/emit.ts';
import type { MongoViewPlan } from '../plan/plan-mongo-view.ts';
import { mapError } from './map-error.ts';
import { assertPrototypeIsClean } from './prototype-guard.ts';
import { codeIn } from './server-codes.ts';

const NAMESPACE_EXISTS = 48;

const WORK = Object.freeze({ operation: 'createMongoView', view: undefined });

/** Makes the MongoDB view, or gives an existing one this definition. */
export async function sendMongoView(db: Db, { create }: MongoViewPlan): Promise<void> {
  assertPrototypeIsClean(WORK);
  try {
    await db.command(create);
  } catch (error) {
    if (!(error instanceof MongoServerError) || codeIn(error) !== NAMESPACE_EXISTS)
      throw mapError(error, WORK, undefined);
    await redefine(db, create);
  }
}

/** The server refuses this for a collection, so none is ever replaced. */
async function redefine(db: Db, { create, viewOn, pipeline }: Emitted): Promise<void> {
  assertPrototypeIsClean(WORK);
  try {
    await db.command(Object.assign(emptyDocument(), { collMod: create, viewOn, pipeline }));
  } catch (error) {
    throw mapError(error, WORK, undefined);
  }
}
