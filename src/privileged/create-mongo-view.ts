import { Db } from 'mongodb';

import { callContext } from '../errors/call-context.ts';
import { sendMongoView } from '../driver/create-mongo-view.ts';
import { planMongoView } from '../plan/plan-mongo-view.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { View } from '../types/view.ts';
import { policyOf } from '../view/policies.ts';

/** The options of `createMongoView()`. */
export interface MongoViewOptions {
  /** The collection that the MongoDB view reads. */
  readonly viewOn: string;
  /** The name of the role; default the name of the MongoDB view with `_reader`. */
  readonly role?: string | undefined;
  /** `true` only returns the commands. */
  readonly dryRun?: boolean | undefined;
}

/** The commands of a MongoDB view. */
export interface MongoView {
  /** The command `create`, with the projection of the view. */
  readonly create: object;
  /** The command `createRole`. It is never sent: an administrator runs it. */
  readonly createRole: object;
  /** Both commands as a script for `mongosh`. */
  readonly script: string;
}

/**
 * Makes the read-only MongoDB view of a definition: the server itself then returns nothing else. A user with the printed role can read this
 * MongoDB view and not the collection. If the MongoDB view exists, it gets the new definition.
 *
 * The MongoDB view has the paths that reads through the definition need: the public ones, and those that they filter, sort or join by. Its
 * rows are those of all scopes.
 *
 * @param db - the driver's database, opened by a user who may make MongoDB views.
 * @param name - the name of the MongoDB view.
 * @param view - the definition, made by `defineView()`.
 * @param options - `viewOn` (required) is the collection; `role` names the role; `dryRun: true` sends nothing.
 * @returns the commands.
 * @throws RefusedCallError if an argument is not of that type.
 * @throws DatabaseError instead of the driver's error, also if a collection has this name.
 * @example
 * const { script } = await createMongoView(db, 'public_users', userView, { viewOn: 'users' });
 * console.log(script);
 */
export async function createMongoView<TDoc, TPublic, C extends Capabilities>(
  db: Db,
  name: string,
  view: View<TDoc, TPublic, C>,
  options: MongoViewOptions & NoIgnoreUndefined,
): Promise<MongoView> {
  const untold = callContext('createMongoView', undefined);
  if (!(db instanceof Db)) return untold.refuse('argument_invalid', 'The database must be a Db of the MongoDB driver.');
  const policy = policyOf(view, untold);
  const call = callContext('createMongoView', policy.name ?? name, policy, undefined);
  const plan = planMongoView(db.databaseName, name, options, call);
  if (!plan.isDryRun) await sendMongoView(db, plan);
  const { create, createRole } = plan;
  return Object.freeze({ create, createRole, script: [create, createRole].map(scriptOf).join('\n') });
}

function scriptOf(command: object): string {
  return `db.runCommand(${JSON.stringify(command, undefined, 2)});`;
}
