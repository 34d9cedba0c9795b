import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';
import { NO_FIELDS, type InputCopy } from '../../input/copy-input.ts';
import { payloadIn, type TrustedPayload } from '../../values/trusted.ts';
import { ownPaths } from '../../view/conventions.ts';
import { isWithin } from '../../view/path.ts';
import { collisionIn } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { bare, EMPTY, emit, emptyDocument, type Emitted } from '../emit.ts';
import type { TrustedParts } from '../options/trusted-parts.ts';
import { refuseMany } from './assert-few-fields.ts';
import { assertCopiedOnce } from './assert-copied-once.ts';
import { assertPlaced } from './assert-placed.ts';
import { assertValid } from './assert-valid.ts';
import { afterwards, type MaybePromise } from './maybe-promise.ts';
import { joinArrayFilters, parseArrayFilters } from './parse-array-filters.ts';
import { refuseNotWritable } from './document-to-store.ts';
import { parseUpdate, type ParsedUpdate } from './parse-update.ts';
import type { VersionedFilter } from './demand-version.ts';
import { assertStaysInScope } from '../scope/bound-document.ts';
import { callerUpdateRules, trustedUpdateRules } from './update-rules.ts';
import { plainPath } from './update-path.ts';
import { assertNoText } from '../filter/parse-text.ts';
import { defaultsFor, withInsertion } from './upsert-defaults.ts';
import { upsertEqualities, type CopiedEquality } from './upsert-equalities.ts';
import { assertCopiedKinds } from './upsert-kinds.ts';
import type { UpdateModel } from './write-model.ts';

const NO_UPDATE: ParsedUpdate = Object.freeze({ operators: EMPTY, paths: Object.freeze([]) });

/** The input of `modelUpdate`. */
export interface UpdateRequest {
  readonly kind: UpdateModel['kind'];
  /** The authorised filter, and the caller's part of it: empty if the whole filter is the program's own. */
  readonly versioned: VersionedFilter;
  readonly callerFilter: Emitted;
  readonly update: InputCopy;
  readonly arrayFilters: InputCopy;
  readonly upsert: boolean;
  readonly collation: unknown;
  readonly trusted: TrustedParts;
  /** Validates the caller's input, if it is not the update: a replacement is validated as a document. */
  readonly validate?: () => Promise<void> | undefined;
}

/**
 * Authorises an update: the caller's part, the program's, and what the view adds. The input is read and checked against the view
 * before this returns; only the view's validator may finish later.
 */
export function modelUpdate(request: UpdateRequest, call: CallContext<ViewPolicy>): MaybePromise<UpdateModel> {
  const { policy } = call;
  const { kind, arrayFilters, upsert, collation } = request;
  const { filter, unversioned } = request.versioned;
  const ownUpdate = payloadIn(request.update);
  const trusted = ownUpdate === undefined ? request.trusted : withOwnUpdate(ownUpdate, request.trusted, call);
  const update = ownUpdate === undefined ? request.update : NO_FIELDS;
  const rules = callerUpdateRules(policy);
  const trustedRules = trustedUpdateRules(policy);
  const { validate } = policy.conventions;
  const trustedUpdate = trusted.update === undefined ? NO_UPDATE : parseUpdate(trusted.update, trustedRules, call);
  const callerUpdate = parseUpdate(update, rules, call);
  if (callerUpdate.paths.length + trustedUpdate.paths.length === 0)
    call.refuse('write_empty', 'The update is empty: name at least one path.');
  refuseShared(callerUpdate, trustedUpdate, call);
  refuseViewFields(trustedUpdate, call);
  const copied = upsert ? upsertEqualities(filter, collation, call) : [];
  if (callerUpdate.paths.length + trustedUpdate.paths.length + copied.length > MOST_PATHS) refuseMany(call);
  if (upsert) refuseCopied(request, trustedUpdate, call);
  refuseCopiedVersion(copied, call);
  const given = mergeUpdates(callerUpdate, trustedUpdate);
  const whole = mergeUpdates(given, viewUpdate(policy));
  refuseCollision(whole, call);
  assertStaysInScope(given, copied, call);
  assertPlaced(
    callerUpdate.paths,
    { whole: filter, naming: request.callerFilter, namedBy: "the caller's filter" },
    policy,
    call,
  );
  assertPlaced(trustedUpdate.paths, { whole: filter, naming: filter, namedBy: 'the filter' }, policy, call);
  assertCopiedOnce(copied, call);
  const defaults = upsert ? defaultsFor(whole.operators, copied, policy) : [];
  assertCopiedKinds(copied, [...setPaths(given.operators), ...defaults], call);
  const filteredPaths = ownUpdate === undefined ? callerUpdate.paths : trustedUpdate.paths;
  const joined = joinArrayFilters(
    parseArrayFilters(arrayFilters, filteredPaths, rules.filter, call),
    parseArrayFilters(trusted.arrayFilters, trustedUpdate.paths, trustedRules.filter, call),
    { callers: callerUpdate.paths, trusted: trustedUpdate.paths, areShared: ownUpdate !== undefined },
    call,
  );
  const tellsModified = given.paths.every(({ field }) => policy.filterable.covers(policy.opaque.nameOf(field)));
  const isAsked = validate !== undefined && ownUpdate === undefined;
  const validateUpdate = () => (isAsked ? assertValid(update, validate.update, call) : undefined);
  const verdict = (request.validate ?? validateUpdate)();
  return afterwards(verdict, () => {
    const operators = upsert ? withInsertion(whole.operators, defaults, call) : whole.operators;
    return { kind, filter, unversioned, update: operators, arrayFilters: joined, upsert, tellsModified };
  });
}

/** The parts of `trusted`, with the trusted update that replaces the caller's: nothing else is written. */
function withOwnUpdate({ value }: TrustedPayload, trusted: TrustedParts, call: CallContext): TrustedParts {
  if (trusted.update !== undefined)
    return call.refuse(
      'write_conflict',
      'The whole update was made by trusted(), so it must hold the operators of `trusted.update` too.',
      'trusted',
    );
  return bare({ ...trusted, update: value });
}

/** What the view writes with every update. */
function viewUpdate({ conventions: { updatedAt, version } }: ViewPolicy): ParsedUpdate {
  if (updatedAt === undefined && version === undefined) return NO_UPDATE;
  const operators = emptyDocument();
  if (updatedAt !== undefined) operators['$set'] = emit(updatedAt, new Date());
  if (version !== undefined) operators['$inc'] = emit(version, 1);
  return { operators, paths: [updatedAt, version].filter((path) => path !== undefined).map(plainPath) };
}

/**
 * The server copies the filter's equalities into the document that an upsert makes, so they count as writes. The caller has to be
 * allowed to write them, or the program has to set them itself. An `$inc` is not enough: it would start from the caller's number.
 */
function refuseCopied(
  { callerFilter, collation }: UpdateRequest,
  trustedUpdate: ParsedUpdate,
  call: CallContext<ViewPolicy>,
): void {
  assertNoText(callerFilter, 'an upsert, because it does not say which document to create', call);
  const overwritten = setPaths(trustedUpdate.operators);
  const { writable, opaque } = call.policy;
  const unwritable = upsertEqualities(callerFilter, collation, call).find(
    ({ path }) => !writable.covers(opaque.nameOf(path)) && !overwritten.some((own) => isWithin(path, own)),
  );
  if (unwritable !== undefined) refuseNotWritable(opaque.nameOf(unwritable.path), call);
}

/** A copied version would be counted up from there, but the view begins with 1. Its timestamps replace what is copied. */
function refuseCopiedVersion(copied: readonly CopiedEquality[], call: CallContext<ViewPolicy>): void {
  const { version } = call.policy.conventions;
  if (version === undefined || !copied.some(({ path, values }) => values.length > 0 && isWithin(path, version))) return;
  call.refuse(
    'write_conflict',
    `An upsert copies ${quote(version)} from the filter into the new document, but the view sets it automatically. Leave it out of the filter.`,
    version,
  );
}

/** The paths that an update sets in a new document, whatever the filter says. */
function setPaths(update: Emitted): readonly string[] {
  return ['$set', '$setOnInsert'].flatMap((name) => Object.keys(update[name] ?? {}));
}

/** Refuses a field that both the input and the program write. Their positions may mean the same elements; the server would fail only then. */
function refuseShared(callerUpdate: ParsedUpdate, trustedUpdate: ParsedUpdate, call: CallContext): void {
  if (trustedUpdate.paths.length === 0) return;
  for (const { field, written } of callerUpdate.paths) {
    const other = trustedUpdate.paths.find((path) => isWithin(field, path.field) || isWithin(path.field, field));
    if (other === undefined) continue;
    call.refuse(
      'write_conflict',
      `${quote(written)} is in the input, and ${quote(other.written)} in \`trusted\`: only one of them may set it.`,
      written,
    );
  }
}

/** Refuses writes to the view's own fields, in an existing document and in one that an upsert makes. */
function refuseViewFields({ paths }: ParsedUpdate, call: CallContext<ViewPolicy>): void {
  if (paths.length === 0) return;
  const taken = ownPaths(call.policy.conventions).find((path) => paths.some(({ field }) => isWithin(field, path)));
  if (taken !== undefined)
    call.refuse('write_conflict', `The view sets ${quote(taken)} automatically, so a call must not set it.`, taken);
}

/** Merges two updates: an operator in both has the fields of both. */
function mergeUpdates(update: ParsedUpdate, other: ParsedUpdate): ParsedUpdate {
  if (other.paths.length === 0) return update;
  const operators = Object.assign(emptyDocument(), update.operators);
  for (const name of Object.keys(other.operators)) {
    operators[name] = Object.assign(emptyDocument(), operators[name], other.operators[name]);
  }
  return { operators, paths: [...update.paths, ...other.paths] };
}

/** Throws if a path is written twice, or together with a path above it. */
function refuseCollision({ paths }: ParsedUpdate, call: CallContext): void {
  if (paths.length < 2) return;
  const collision = collisionIn(paths.map(({ written }) => written));
  if (collision === undefined) return;
  const { path } = collision;
  call.refuse(
    'write_conflict',
    `${quote(path)} is written twice, or together with a path above it: by two operators, or by the input and by \`trusted\`.`,
    path,
  );
}
