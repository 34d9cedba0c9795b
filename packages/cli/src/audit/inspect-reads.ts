import type { CollectionFacts } from '../catalogue/collection-facts.ts';
import { fileName, followResult, methodShape, projectionOf } from '../project/index.ts';
import type { CallProjection, DriverCall, NameIndex, Node, OpenedProject, ResultUse } from '../project/index.ts';
import type { CallReport, Place } from './report.ts';

/** What a call returns, and where it is used. */
export interface InspectedRead {
  readonly report: CallReport;
  readonly projection: CallProjection | undefined;
  /** Whether a whole document is sent in a response. */
  readonly isWholeSent: boolean;
}

/** Inspects a method that returns documents, including `findOneAnd…`. */
export function inspectRead(
  call: DriverCall,
  index: NameIndex,
  facts: readonly CollectionFacts[],
  { root, driverMajor }: OpenedProject,
): InspectedRead {
  const base = {
    collections: call.collections,
    method: call.method,
    place: { file: call.file, line: call.line },
    foundBy: call.foundBy,
  };
  if (methodShape(call.method).kind !== 'read') {
    return {
      report: { ...base, returns: { kind: 'nothing', paths: [] }, sensitive: [], responses: [], sent: [] },
      projection: undefined,
      isWholeSent: false,
    };
  }
  const written = projectionOf(call, index);
  // Until driver 3, `fields` was the name of this option.
  const projection =
    written.writtenAs === 'fields' && driverMajor !== undefined && driverMajor < 4
      ? { ...written, isIgnored: false }
      : written;
  const use = followResult(call, index);
  const known = sensitivePaths(call, facts);
  const sensitive = known.filter((path) => isReturned(path, projection));
  const responses = use.exits.filter(({ how, path }) => how === 'response' && path === '');
  const places = [...responses.map(({ node }) => node), ...use.sent.map(({ node }) => node)].map((node) =>
    placeOf(node, root),
  );
  return {
    report: {
      ...base,
      returns: returned(projection),
      sensitive,
      responses: distinct(places),
      sent: sensitive.filter((path) => isSent(path, use)),
    },
    projection,
    isWholeSent: responses.length > 0,
  };
}

function returned(projection: CallProjection): CallReport['returns'] {
  if (projection.isIgnored || projection.kind === 'none') return { kind: 'whole', paths: [] };
  if (projection.kind === 'exclude') return { kind: 'all-but', paths: projection.paths };
  return projection.kind === 'include' ? { kind: 'fields', paths: projection.paths } : { kind: 'unknown', paths: [] };
}

function sensitivePaths({ collections }: DriverCall, facts: readonly CollectionFacts[]): readonly string[] {
  const fields = facts.filter(({ name }) => collections.includes(name)).flatMap((collection) => collection.fields);
  return [...new Set(fields.filter(({ sensitive }) => sensitive !== undefined).map(({ path }) => path))];
}

function isReturned(path: string, { kind, paths, isIgnored }: CallProjection): boolean {
  if (isIgnored || kind === 'none') return true;
  if (kind === 'exclude') return !paths.some((left) => covers(left, path));
  return kind === 'include' && paths.some((named) => covers(named, path) || covers(path, named));
}

/** Whether a field is sent with the whole document or by its name. */
function isSent(path: string, { exits, sent }: ResultUse): boolean {
  const withWhole = exits.some(
    (exit) => exit.how === 'response' && exit.path === '' && !exit.without.some((left) => covers(left, path)),
  );
  return withWhole || sent.some((one) => covers(one.path, path) || covers(path, one.path));
}

function covers(branch: string, path: string): boolean {
  return path === branch || path.startsWith(`${branch}.`);
}

export function placeOf(node: Node, root: string): Place {
  return { file: fileName(node, root), line: node.getStartLineNumber() };
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.line}`, place])).values()];
}
