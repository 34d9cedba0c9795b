import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { snapshot, type Inert, type InertObject } from '../../inert/snapshot.ts';
import { makeDefault } from '../../view/parse-conventions.ts';
import { PathCollision, PathTree } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';
import { joinArrayFilters, parseArrayFilters } from './parse-array-filters.ts';
import { refuseNotWritable } from './parse-document.ts';
import { parseUpdate, type ParsedUpdate } from './parse-update.ts';
import { freeValue } from './stored-value.ts';
import { callerUpdateRules, TRUSTED_UPDATE_RULES } from './update-rules.ts';
import { upsertEqualities } from './upsert-equalities.ts';
import { validated } from './validated.ts';
import type { UpdateModel } from './write-model.ts';

/** What an update is authorised from. */
export interface UpdateRequest {
  readonly kind: UpdateModel['kind'];
  /** The authorised filter, and the caller's part of it as it was written. */
  readonly filter: Emitted;
  readonly written: unknown;
  readonly update: unknown;
  readonly arrayFilters: unknown;
  readonly upsert: boolean;
  readonly trusted: InertObject;
}

/**
 * Authorises an update: the caller's part, the program's own, and what the view adds by itself. The input is read
 * before this returns; what it awaits is the view's validator.
 */
export async function modelUpdate(request: UpdateRequest, context: PlanContext): Promise<UpdateModel> {
  const { policy, site } = context;
  const { kind, filter, upsert, trusted } = request;
  const rules = callerUpdateRules(policy);
  const copied = snapshot(request.update, 'the update', site);
  const written = upsert ? snapshot(request.written, 'the filter', site) : undefined;
  const arrayFilters = request.arrayFilters === undefined ? undefined : snapshot(request.arrayFilters, 'arrayFilters', site);
  const own = parseUpdate(trusted['update'] ?? emptyDocument(), TRUSTED_UPDATE_RULES, site);
  const first = parseUpdate(copied, rules, site);
  const { validate } = policy.conventions;
  const asked = validate === undefined ? first : parseUpdate(await validated(copied, validate.update, context), rules, site);
  const parts = [asked, own, viewUpdate(policy)];
  if (upsert) parts.push(insertion(written, [...asked.paths, ...own.paths].map(({ field }) => field), own, context));
  return {
    kind,
    filter,
    update: combine(parts, site),
    arrayFilters: joinArrayFilters(
      parseArrayFilters(arrayFilters, asked.paths, rules.filter, site),
      parseArrayFilters(trusted['arrayFilters'], own.paths, TRUSTED_UPDATE_RULES.filter, site),
      site,
    ),
    upsert,
    tellsModified: [...asked.paths, ...own.paths].every(({ field }) => policy.filterable.covers(field)),
  };
}

/** What the view writes with every update. */
function viewUpdate({ conventions: { updatedAt, version } }: ViewPolicy): ParsedUpdate {
  const operators = emptyDocument();
  if (updatedAt !== undefined) operators['$set'] = emit(updatedAt, new Date());
  if (version !== undefined) operators['$inc'] = emit(version, 1);
  return { operators, paths: [updatedAt, version].filter((path) => path !== undefined).map(pathOf) };
}

/**
 * What an upsert adds to a new document. The server copies the filter's equalities into it, so they count as writes: the
 * caller may write them, or the program repeats them.
 */
function insertion(filter: Inert, fields: readonly string[], own: ParsedUpdate, { policy, site }: PlanContext): ParsedUpdate {
  const copied = upsertEqualities(filter);
  const ownFields = new Set(own.paths.map(({ field }) => field));
  const unwritable = copied.find((path) => !policy.writable.covers(path) && !ownFields.has(path));
  if (unwritable !== undefined) refuseNotWritable(unwritable, site);
  const { createdAt, defaults } = policy.conventions;
  const onInsert = emptyDocument();
  if (createdAt !== undefined) onInsert[createdAt] = new Date();
  for (const [path, value] of defaults) {
    const isGiven = [...fields, ...copied].some((field) => field === path || field.startsWith(`${path}.`));
    if (!isGiven) onInsert[path] = freeValue(makeDefault(value, path, site), path, site);
  }
  return { operators: emit('$setOnInsert', onInsert), paths: Object.keys(onInsert).map(pathOf) };
}

function pathOf(path: string): ParsedUpdate['paths'][number] {
  return { written: path, field: path, arrays: new Map(), positions: [] };
}

/** One update out of its parts. A path that two of them write, or one above the other, is an error. */
function combine(parts: readonly ParsedUpdate[], site: Site): Emitted {
  const tree = PathTree.of(parts.flatMap(({ paths }) => paths.map(({ written }) => [written, 'leaf'] as const)));
  if (tree instanceof PathCollision) {
    return site.refuse('write_conflict', `${quote(tree.path)} is written twice, or with a path above it: by two operators, by the input and by \`trusted\`, or by the view itself.`, tree.path);
  }
  if (tree.isEmpty) return site.refuse('write_empty', 'The update changes nothing: name at least one path.');
  const combined = emptyDocument();
  for (const [name, fields] of parts.flatMap(({ operators }) => Object.entries(operators))) {
    combined[name] = Object.assign(combined[name] ?? emptyDocument(), fields);
  }
  return combined;
}
