import type { Db, Document, MongoClient } from 'mongodb';

import { quote } from '../errors/quote.ts';
import { callContext, type CallContext } from '../errors/call-context.ts';
import { policyOf } from '../view/policies.ts';
import { compare, type Observed, type Twice } from './compare.ts';
import { findCauses } from './find-causes.ts';
import type { Observation } from './locate.ts';
import { OTHER_WORLDS } from './other-worlds.ts';
import type { TestedApp } from './open-app.ts';
import { differingParts, variedDocuments, type SeededCollection } from './vary-documents.ts';
import { observe, type Contents, type World, type WorldSettings } from './world.ts';
import type { WorldRequest } from './world-request.ts';

/** What `twoWorlds()` needs. */
export interface TwoWorldsSettings {
  /** A connected client. Databases with random names are made, and dropped again. */
  readonly client: MongoClient;
  /** The view of each collection that the application uses, by the name of the collection. */
  readonly views: Readonly<Record<string, object>>;
  /** The stored documents, by collection. A field that some documents lack also differs in its presence. */
  readonly seed: Readonly<Record<string, readonly Document[]>>;
  /** Makes the application for a database: of Fastify, Express, Hono or NestJS, a server, or a function from `Request` to `Response`. */
  readonly app: (world: World) => TestedApp | Promise<TestedApp>;
  /** The requests, which are sent one after another. */
  readonly requests: readonly WorldRequest[];
  /** The scope of the requests (`{ tenant_id }`). Rows of other scopes then differ as a whole. */
  readonly scope?: Readonly<Record<string, unknown>>;
  /** Private paths that decide what a request may do, so that they are the same in both worlds: `['users.password_hash']`. */
  readonly same?: readonly string[];
  /** Prepares each database, for example its indexes. */
  readonly prepare?: (db: Db) => unknown;
}

/** A difference between the worlds. It has no stored value. */
export interface WorldDifference {
  /** `GET /users/ada` */
  readonly request: string;
  /** The index of the request. */
  readonly index: number;
  /** `status`, `header etag`, `body at users[0].email`, `log line 2, word 3` or `time`. */
  readonly place: string;
  /** The private paths that cause it by themselves: `['users.password_hash']`. Empty if only several together do. */
  readonly causes: readonly string[];
}

/** What `twoWorlds()` found. */
export interface TwoWorldsReport {
  readonly differences: readonly WorldDifference[];
  /** Places that change from run to run, so that they could not be compared: `GET /users: body at id`. */
  readonly unstable: readonly string[];
  /** What differed between the worlds: `users.password_hash`. */
  readonly privatePaths: readonly string[];
}

/**
 * Runs an application on two databases that are the same in everything that a view makes public, and differ in every private field
 * (and, with `scope`, in all rows of other scopes). Compares each answer: status, headers, body, log lines and a large difference in
 * time. There are two other worlds, since one may be equal by chance in a count. Each world runs twice, so that values that change from run
 * to run are not taken for a difference.
 *
 * @param settings - the client, the views, the documents, the application and its requests.
 * @returns the differences, each with the private paths that cause it.
 * @throws RefusedCallError if a collection of the seed has no view, or nothing private is in the seed.
 * @example
 * const report = await twoWorlds({
 *   client,
 *   views: { users: userView },
 *   seed: { users: [{ username: 'ada', password_hash: '$2b$12$x' }] },
 *   requests: [{ url: '/count' }],
 *   app: ({ db }) => async () => Response.json(await db.collection('users').countDocuments({})),
 * });
 * console.log(report.differences); // → []
 */
export async function twoWorlds(settings: TwoWorldsSettings): Promise<TwoWorldsReport> {
  const call = callContext('twoWorlds', undefined);
  const collections = seededCollections(settings, call);
  const privatePaths = collections.flatMap((each) => differingParts(each).map((part) => `${each.name}.${part}`));
  if (privatePaths.length === 0)
    call.refuse('argument_invalid', 'twoWorlds() found no private field in the seed, so there is nothing to compare.');
  const { client, app, prepare, requests } = settings;
  const world: WorldSettings = { client, app, prepare, requests };
  const observed = await observeAll(collections, world);
  const compared = observed.map(compare);
  const differing = compared.map(({ differing: places }) => places);
  const causes = await findCauses({ collections, world, observed, differing });
  return {
    differences: differing.flatMap((places, index) =>
      places.map((place) => ({
        request: nameOf(requests[index]),
        index,
        place,
        causes: causes.get(`${index} ${place}`) ?? [],
      })),
    ),
    unstable: compared.flatMap(({ unstable }, index) =>
      unstable.map((place) => `${nameOf(requests[index])}: ${place}`),
    ),
    privatePaths,
  };
}

/** The runs alternate, so that what only changes with time differs within a world too. */
async function observeAll(
  collections: readonly SeededCollection[],
  world: WorldSettings,
): Promise<readonly Observed[]> {
  const contents = [undefined, ...OTHER_WORLDS].map((number) => contentsOf(collections, number));
  const first = await observeEach(contents, world);
  const again = await observeEach(contents, world);
  return world.requests.map((_, index) => {
    const [here, ...others] = first.map((answers, at) => [answers[index], again[at]?.[index]] as unknown as Twice);
    return { here: here as Twice, others };
  });
}

async function observeEach(
  contents: readonly Contents[],
  world: WorldSettings,
): Promise<readonly (readonly Observation[])[]> {
  const answers: (readonly Observation[])[] = [];
  for (const each of contents) answers.push(await observe(each, world));
  return answers;
}

/** The contents of the world with this number; without a number, as they were seeded. */
function contentsOf(collections: readonly SeededCollection[], number: number | undefined): Contents {
  return new Map(
    collections.map((each) => [each.name, number === undefined ? each.documents : variedDocuments(each, { number })]),
  );
}

function seededCollections(
  { views, seed, scope = {}, same = [] }: TwoWorldsSettings,
  call: CallContext,
): readonly SeededCollection[] {
  return Object.entries(seed).map(([name, documents]) => {
    const view = views[name];
    if (view === undefined)
      return call.refuse('view_invalid', `The seed has ${quote(name)}, which has no view: add it to \`views\`.`, name);
    const prefix = `${name}.`;
    const own = same.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    return { name, policy: policyOf(view, call), documents, same: own, scope };
  });
}

function nameOf(request: WorldRequest | undefined): string {
  return `${request?.method ?? (request?.body === undefined ? 'GET' : 'POST')} ${request?.url ?? ''}`;
}
