import type { CallContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import { readOptionEntries } from '../input/read.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { readablePaths } from '../view/readable-paths.ts';
import { emit, emptyDocument, type Emitted } from './emit.ts';

/** The commands that make a MongoDB view and the role that reads it. */
export interface MongoViewPlan {
  readonly create: Emitted;
  readonly createRole: Emitted;
  readonly isDryRun: boolean;
}

const OPTIONS: ReadonlySet<string> = new Set(['viewOn', 'role', 'dryRun']);

/** Plans `createMongoView`. */
export function planMongoView(
  db: string,
  name: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
): MongoViewPlan {
  const given = new Map(readOptionEntries(options, 'the options object', call));
  const surplus = [...given.keys()].find((option) => !OPTIONS.has(option));
  if (surplus !== undefined)
    call.refuse('option_unknown', `createMongoView() takes ${[...OPTIONS].join(', ')}.`, surplus);
  const view = nameIn(name, 'the name of the MongoDB view', call);
  const viewOn = nameIn(given.get('viewOn'), 'the option `viewOn`, the collection that it reads', call);
  if (view === viewOn)
    call.refuse('argument_invalid', `A MongoDB view can't have the name of its collection, ${quote(view)}.`);
  const role = nameIn(given.get('role') ?? `${view}_reader`, 'the option `role`', call);
  const dryRun = given.get('dryRun') ?? false;
  if (typeof dryRun !== 'boolean') return call.refuse('option_value', '`dryRun` must be true or false.', 'dryRun');
  return { create: createOf(view, viewOn, call.policy), createRole: roleOf(role, db, view), isDryRun: dryRun };
}

function createOf(view: string, viewOn: string, policy: ViewPolicy): Emitted {
  const projection = emptyDocument();
  for (const path of readablePaths(policy)) projection[path] = 1;
  if (!Object.keys(projection).some((path) => path === '_id' || path.startsWith('_id.'))) projection['_id'] = 0;
  return document({ create: view, viewOn, pipeline: [emit('$project', projection)] });
}

/** It may read the view and nothing else. The rights of a MongoDB view are its own: reading it needs none on its collection. */
function roleOf(role: string, db: string, view: string): Emitted {
  const privilege = document({ resource: document({ db, collection: view }), actions: ['find'] });
  return document({ createRole: role, privileges: [privilege], roles: [] });
}

function document(fields: object): Emitted {
  return Object.assign(emptyDocument(), fields);
}

function nameIn(value: unknown, what: string, call: CallContext): string {
  if (typeof value === 'string' && value !== '') return value;
  return call.refuse('argument_invalid', `createMongoView() needs ${what}, as a text that is not empty.`);
}
