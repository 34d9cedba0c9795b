import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { snapshot, type InertObject } from '../../inert/snapshot.ts';
import { ownPaths } from '../../view/conventions.ts';
import { isWithin } from '../../view/path.ts';
import { collisionIn } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { EMPTY, emit, emptyDocument, type Emitted } from '../emit.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertValid } from './assert-valid.ts';
import { afterwards, type Later } from './later.ts';
import { joinArrayFilters, parseArrayFilters } from './parse-array-filters.ts';
import { refuseNotWritable } from './assert-writable.ts';
import { parseUpdate, type ParsedUpdate } from './parse-update.ts';
import { defaultValue } from './default-value.ts';
import { callerUpdateRules, TRUSTED_UPDATE_RULES } from './update-rules.ts';
import { upsertEqualities } from './upsert-equalities.ts';
import type { UpdateModel } from './write-model.ts';

const NO_UPDATE: ParsedUpdate = Object.freeze({ operators: EMPTY, paths: Object.freeze([]) });

/** What an update is authorised from. */
export interface UpdateRequest {
  readonly kind: UpdateModel['kind'];
  /** The authorised filter, and the caller's part of it. */
  readonly filter: Emitted;
  readonly asked: Emitted;
  readonly update: unknown;
  readonly arrayFilters: unknown;
  readonly upsert: boolean;
  readonly trusted: InertObject;
}

/**
 * Authorises an update: the caller's part, the program's own, and what the view adds by itself. The input is read, and
 * held to the view, before this returns; what may come later is the word of the view's validator.
 */
export function modelUpdate(request: UpdateRequest, context: PlanContext): Later<UpdateModel> {
  const { policy, site } = context;
  const { kind, filter, upsert, trusted } = request;
  const rules = callerUpdateRules(policy);
  const copied = snapshot(request.update, 'the update', site);
  const arrayFilters = request.arrayFilters === undefined ? undefined : snapshot(request.arrayFilters, 'arrayFilters', site);
  const own = trusted['update'] === undefined ? NO_UPDATE : parseUpdate(trusted['update'], TRUSTED_UPDATE_RULES, site);
  const asked = parseUpdate(copied, rules, site);
  if (asked.paths.length + own.paths.length === 0) site.refuse('write_empty', 'The update changes nothing: name at least one path.');
  refuseShared(asked, own, site);
  refuseOwn(own, context);
  if (upsert) refuseCopied(request.asked, own, context);
  const combined = combine([asked, own, viewUpdate(policy)], site);
  const joined = joinArrayFilters(
    parseArrayFilters(arrayFilters, asked.paths, rules.filter, site),
    parseArrayFilters(trusted['arrayFilters'], own.paths, TRUSTED_UPDATE_RULES.filter, site),
    site,
  );
  const tellsModified = [...asked.paths, ...own.paths].every(({ field }) => policy.filterable.covers(field));
  const { validate } = policy.conventions;
  const verdict = validate === undefined ? undefined : assertValid(copied, validate.update, context);
  return afterwards(verdict, () => {
    const update = upsert ? withInsertion(combined, filter, context) : combined;
    return { kind, filter, update, arrayFilters: joined, upsert, tellsModified };
  });
}

/** What the view writes with every update. */
function viewUpdate({ conventions: { updatedAt, version } }: ViewPolicy): ParsedUpdate {
  if (updatedAt === undefined && version === undefined) return NO_UPDATE;
  const operators = emptyDocument();
  if (updatedAt !== undefined) operators['$set'] = emit(updatedAt, new Date());
  if (version !== undefined) operators['$inc'] = emit(version, 1);
  return { operators, paths: [updatedAt, version].filter((path) => path !== undefined).map(pathOf) };
}

/**
 * The server copies the filter's equalities into the document that an upsert makes, so they count as writes: the caller
 * may write them, or the program sets them itself, whatever the filter says. `$inc` would go on from a caller's number.
 */
function refuseCopied(filter: Emitted, own: ParsedUpdate, { policy, site }: PlanContext): void {
  const overwritten = new Set(['$set', '$setOnInsert'].flatMap((name) => Object.keys(own.operators[name] ?? {})));
  const unwritable = upsertEqualities(filter).find((path) => !policy.writable.covers(path) && !overwritten.has(path));
  if (unwritable !== undefined) refuseNotWritable(unwritable, site);
}

/** What the view adds to the document that an upsert makes. A default stands back where somebody has given a value already. */
function withInsertion(update: Emitted, filter: Emitted, { policy, site }: PlanContext): Emitted {
  const fields = Object.values(update).flatMap((each) => Object.keys(each as object));
  const given = [...fields, ...upsertEqualities(filter)];
  const { createdAt, defaults } = policy.conventions;
  const onInsert = Object.assign(emptyDocument(), update['$setOnInsert']);
  if (createdAt !== undefined) onInsert[createdAt] = new Date();
  for (const [path, value] of defaults) {
    if (!given.some((field) => isWithin(field, path))) onInsert[path] = defaultValue(value, path, site);
  }
  return Object.keys(onInsert).length === 0 ? update : Object.assign(emptyDocument(), update, { $setOnInsert: onInsert });
}

function pathOf(path: string): ParsedUpdate['paths'][number] {
  return { written: path, field: path, arrays: new Map(), positions: [] };
}

/** A field that the input and the program both write: positions may mean the same elements, and the server says so only where they do. */
function refuseShared(asked: ParsedUpdate, own: ParsedUpdate, site: Site): void {
  for (const { field, written } of asked.paths) {
    const other = own.paths.find((path) => isWithin(field, path.field) || isWithin(path.field, field));
    if (other === undefined) continue;
    site.refuse('write_conflict', `${quote(written)} is in the input, and ${quote(other.written)} in \`trusted\`: a path is set by one of them.`, written);
  }
}

/** What the view writes by itself, it alone writes: in the document that is there as in the one that an upsert makes. */
function refuseOwn({ paths }: ParsedUpdate, { policy, site }: PlanContext): void {
  if (paths.length === 0) return;
  const taken = ownPaths(policy.conventions).find((path) => paths.some(({ field }) => isWithin(field, path)));
  if (taken !== undefined) site.refuse('write_conflict', `${quote(taken)} is written by the view itself.`, taken);
}

/** One update out of its parts. A path that two of them write, or one above the other, is an error. */
function combine(parts: readonly ParsedUpdate[], site: Site): Emitted {
  const paths = parts.flatMap((part) => part.paths.map(({ written }) => written));
  const collision = collisionIn(paths);
  if (collision !== undefined) {
    const { path } = collision;
    return site.refuse('write_conflict', `${quote(path)} is written twice, or with a path above it: by two operators, or by the input and by \`trusted\`.`, path);
  }
  const combined = emptyDocument();
  for (const { operators } of parts) {
    for (const name of Object.keys(operators)) {
      const fields = operators[name] as Emitted;
      if (Object.keys(fields).length === 0) continue;
      const before = combined[name] as Emitted | undefined;
      combined[name] = before === undefined ? fields : Object.assign(before, fields);
    }
  }
  return combined;
}
