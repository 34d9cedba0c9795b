import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { idTagOf } from '../seal/id-tag.ts';
import { opaqueIdIn, type OpaqueIdParts } from '../values/opaque-id.ts';
import { lastOf, OpaquePaths, parentOf, type OpaquePath } from './opaque-paths.ts';
import { isWithin, pathFault } from './path.ts';
import { policyIn } from './policies.ts';

/** The public paths marked with `opaqueId()`, as they are written. */
export type OpaqueMarks = ReadonlyMap<string, OpaqueIdParts>;

/** What of a view decides about its opaque ids. */
export interface OpaqueContext {
  /** The tag of the view's own ids: that of the view that it extends, or one made from its name. */
  readonly ownTag: number | undefined;
  readonly call: CallContext;
}

/** The opaque ids among the entries of `public`. */
export function opaqueMarksIn(entries: Iterable<readonly [path: string, mark: unknown]>): OpaqueMarks {
  const marks = new Map<string, OpaqueIdParts>();
  for (const [path, mark] of entries) {
    const parts = opaqueIdIn(mark);
    if (parts !== undefined) marks.set(path, parts);
  }
  return marks;
}

/** The tag of a view's own ids, if it has a name to make it from. */
export function ownTagOf(name: string | undefined, inherited: number | undefined): number | undefined {
  return inherited ?? (name === undefined ? undefined : idTagOf(name));
}

/** Parses the opaque ids of a view. */
export function parseOpaque(marks: OpaqueMarks, context: OpaqueContext): OpaquePaths {
  const paths = [...marks].map(([name, parts]) => parseOne(name, parts, context));
  for (const [index, { name, stored }] of paths.entries()) {
    const other = paths.findIndex((path) => path.stored === stored);
    if (other !== index)
      context.call.refuse(
        'view_contradiction',
        `In \`public\`, ${quote(name)} and ${quote(paths[other]?.name ?? name)} are the same stored id: name it once.`,
        name,
      );
  }
  return new OpaquePaths(paths);
}

function parseOne(name: string, { stored, view }: OpaqueIdParts, context: OpaqueContext): OpaquePath {
  const { call } = context;
  const fault = pathFault(stored);
  if (fault !== undefined) call.refuse('view_path', `In opaqueId() at ${quote(name)}, ${fault}.`, name);
  if (isWithin(name, '_id'))
    call.refuse(
      'view_path',
      `An opaque id can't be called ${quote(name)}, which is the stored one: write id: opaqueId('_id').`,
      name,
    );
  if (parentOf(name) !== parentOf(stored))
    call.refuse(
      'view_path',
      `${quote(name)} and the stored path ${quote(stored)} are in different branches: an opaque id has another name, and the same place.`,
      name,
    );
  return Object.freeze({
    name,
    stored,
    key: lastOf(name),
    storedKey: lastOf(stored),
    tag: view === undefined ? ownTag(name, context) : tagIn(name, view, call),
  });
}

function ownTag(name: string, { ownTag: tag, call }: OpaqueContext): number {
  return (
    tag ??
    call.refuse(
      'view_value',
      `The opaque id ${quote(name)} is sealed with the name of the view: give the view a \`name\` that no other view has, and keep it.`,
      'name',
    )
  );
}

function tagIn(name: string, view: object, call: CallContext): number {
  const policy = policyIn(view);
  if (policy === undefined)
    return call.refuse('view_value', `opaqueId() at ${quote(name)} takes a view made by defineView().`, name);
  return (
    policy.idTag ??
    call.refuse(
      'view_value',
      `opaqueId() at ${quote(name)} refers to a view that has no opaque \`_id\` itself: add id: opaqueId('_id') there.`,
      name,
    )
  );
}

/** The other parts of a view that name paths, by the name of the part. */
export type NamedPaths = ReadonlyMap<string, Iterable<string>>;

/** Throws if another part of the view contradicts an opaque id. `stored` are the paths by which the other parts name stored fields. */
export function assertOpaqueAgrees(
  opaque: OpaquePaths,
  sets: { readonly public: Iterable<string>; readonly writable: Iterable<string>; readonly sortable: Iterable<string> },
  others: NamedPaths,
  call: CallContext,
): void {
  const [shown, writable] = [[...sets.public], [...sets.writable]];
  for (const { name, stored } of opaque) {
    const open = [...shown, ...writable].find(
      (path) => path !== name && (isWithin(path, stored) || isWithin(stored, path)),
    );
    if (open !== undefined)
      call.refuse(
        'view_contradiction',
        `${quote(open)} is public or writable as it is stored, and ${quote(name)} shows it sealed: name it only as ${quote(name)}.`,
        open,
      );
    if (stored === '_id' && writable.includes(name))
      call.refuse('view_contradiction', `${quote(name)} is the \`_id\` of the document, which no call writes.`, name);
    if ([...sets.sortable].includes(name))
      call.refuse(
        'view_contradiction',
        `${quote(name)} is an opaque id, which has no order: it can't be sortable.`,
        name,
      );
    if (stored === name) continue;
    for (const [part, paths] of others) {
      if ([...paths].some((path) => isWithin(path, name)))
        call.refuse(
          'view_contradiction',
          `\`${part}\` names ${quote(name)}, which is an opaque id. Name the stored path ${quote(stored)} there.`,
          name,
        );
    }
  }
}
