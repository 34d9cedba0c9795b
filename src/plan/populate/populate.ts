import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { append } from '../../input/append.ts';
import { inputObject, type InputObject } from '../../input/copy-input.ts';
import { isPlainObject, readObject } from '../../input/read.ts';
import { isWithin } from '../../view/path.ts';
import { collisionIn, storedPath, type PathNode, type PathTree } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { demandedOf } from '../filter/join-demands.ts';
import type { PipelineTerms } from '../pipeline/joins.ts';
import { parseHead } from '../pipeline/parse-pipeline.ts';
import type { PipelineNotes } from '../pipeline/pipeline-notes.ts';
import { isChosen } from './joined-value.ts';
import { placeJoin, setsOf, type Placed } from './place-join.ts';
import { withJoined } from './populated-shape.ts';
import { putInPlace } from './put-in-place.ts';
import { readJoin } from './read-join.ts';

/** The highest number of joins inside each other. */
const DEEPEST = 5;

/** Documents of one view: which of them, what of them is returned, and what is joined to them. */
interface Source {
  readonly policy: ViewPolicy;
  readonly projection: PathTree;
  /** The program's conditions. */
  readonly demanded: readonly Emitted[];
  /** The caller's filter, sort, skip and limit. */
  readonly stages: readonly InputObject[];
  readonly populate: unknown;
  /** A key that the documents keep under another name, to be chosen by it. */
  readonly key?: { readonly path: string; readonly name: string };
  readonly depth: number;
}

interface Around {
  readonly call: CallContext;
  readonly notes: PipelineNotes;
  readonly terms: PipelineTerms;
}

/** A pipeline, and the shape of its documents. */
export interface Populated {
  readonly emitted: readonly Emitted[];
  readonly shape: PathNode;
}

/**
 * Makes a pipeline of documents with their joined documents: filters, one `$lookup` for each join, a projection of the named paths
 * and of the keys, stages that put the joined documents in their places, and a stage that removes the keys.
 */
export function populate(source: Source, around: Around): Populated {
  const { policy, projection, demanded, stages, key } = source;
  const joins = placeAll(source, around);
  const taken = joins.map(({ join }) => join.as);
  const emitted = [...demanded, ...parseHead(stages, policy, around)];
  const kept = emptyDocument();
  for (const leaf of projection.leaves()) kept[storedPath(leaf)] = 1;
  const removed = emptyDocument();
  const places: Emitted[] = [];
  let shape = projection.root;
  for (const [index, placed] of joins.entries()) {
    const { foreign, populate: inner } = placed.join;
    const slots = {
      joined: freeName(`joined${index}`, policy, taken),
      key: freeName('joinedKey', foreign, isPlainObject(inner) ? Object.keys(inner) : []),
    };
    const { lookup, joined } = lookupOf(placed, slots, source.depth, around);
    append(emitted, lookup);
    kept[slots.joined] = 1;
    removed[slots.joined] = 0;
    if (isChosen(placed) || placed.isOwn) keepKey(placed, source, taken, { kept, removed });
    append(places, putInPlace(placed, slots));
    if (isChosen(placed)) removed[`${placed.join.as}.${slots.key}`] = 0;
    shape = withJoined(shape, placed, joined);
  }
  if (key !== undefined) kept[key.name] = `$${key.path}`;
  if (!Object.keys(kept).some((path) => isWithin(path, '_id'))) kept['_id'] = 0;
  append(emitted, emit('$project', kept));
  for (const place of places) append(emitted, place);
  if (Object.keys(removed).length > 0) append(emitted, emit('$project', removed));
  around.notes.countStages(emitted.length - stages.length);
  return { emitted, shape };
}

function placeAll(
  { policy, projection, populate: written, depth }: Source,
  { call, terms }: Around,
): readonly Placed[] {
  if (written === undefined && depth > 1) return [];
  if (depth > DEEPEST)
    return call.refuse('pipeline_size', `populate can be nested ${DEEPEST} levels deep; this is deeper.`, 'populate');
  const joins = readObject(written, 'the option populate', call).map(([as, entry]) =>
    placeJoin(readJoin(as, entry, terms.joins, call), policy, projection, terms.collation, call),
  );
  const collision = collisionIn(joins.map(({ join }) => join.as));
  if (collision !== undefined)
    call.refuse(
      'join_invalid',
      `populate names ${quote(collision.path)} and ${quote(collision.other)}: one contains the other.`,
      collision.path,
    );
  // The other joins of a reference need it, so the one that replaces it comes last.
  return joins.toSorted((one, other) => Number(one.isOwn) - Number(other.isOwn));
}

function lookupOf(
  placed: Placed,
  slots: { readonly joined: string; readonly key: string },
  depth: number,
  around: Around,
): { readonly lookup: Emitted; readonly joined: PathNode } {
  const { from, foreign, localField, foreignField, projection, populate: inner } = placed.join;
  const { emitted, shape } = populate(
    {
      policy: foreign,
      projection,
      demanded: demandedOf(from, foreign, around.terms.demands, around.call),
      stages: [...placed.join.stages, ...limitsOf(placed)],
      populate: inner,
      ...(isChosen(placed) ? { key: { path: foreignField, name: slots.key } } : {}),
      depth: depth + 1,
    },
    around,
  );
  const operand = emptyDocument();
  Object.assign(operand, { from, localField, foreignField, as: slots.joined, pipeline: emitted });
  return { lookup: emit('$lookup', operand), joined: shape };
}

/** `$skip` and `$limit` of a join, unless they apply to what belongs to one value. */
function limitsOf({ join, isLimitedLater }: Placed): readonly InputObject[] {
  const { skip, limit, justOne } = join;
  if (isLimitedLater) return [];
  const most = limit ?? (justOne ? 1 : undefined);
  return [
    ...(skip === undefined ? [] : [inputObject({ $skip: skip })]),
    ...(most === undefined ? [] : [inputObject({ $limit: most })]),
  ];
}

/** Keeps the key until the documents are in their places. If it is not projected, it is removed then. */
function keepKey(
  { join }: Placed,
  { projection, policy }: Source,
  taken: readonly string[],
  { kept, removed }: { readonly kept: Emitted; readonly removed: Emitted },
): void {
  const { localField } = join;
  if (projection.covers(policy.opaque.nameOf(localField))) return;
  kept[localField] = 1;
  if (!taken.includes(localField)) removed[localField] = 0;
}

/** A name that no field has that the view knows, or that is joined. Other stored fields are not used. */
function freeName(name: string, policy: ViewPolicy, taken: readonly string[]): string {
  const sets = setsOf(policy);
  const isTaken = (each: string): boolean =>
    taken.some((path) => isWithin(path, each)) || sets.some(({ root }) => root.children.has(each));
  let free = name;
  while (isTaken(free)) free += '_';
  return free;
}
