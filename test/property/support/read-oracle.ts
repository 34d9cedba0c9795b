import { isDeepStrictEqual } from 'node:util';

import { Code, DBRef } from 'mongodb';

import type { DepthsAt } from './random-view.ts';

/*
 * The expected result of a read, computed only from the stored document. It follows the server's manual on inclusion
 * projections and on `distinct`, and shares no line with the library.
 */

/** Where a stored value is not of the kind that the view declares. */
export class Drift extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`drift at ${path}`);
    this.path = path;
  }
}

/** The projection at a path: its value as a leaf, everything below it, or the parts in the map. */
export type Asked = 'leaf' | 'open' | AskedParts;
export type AskedParts = ReadonlyMap<string, Asked>;

/** Dotted paths as nested maps. */
export function askFor(paths: readonly (readonly [path: string, kind: 'leaf' | 'open'])[]): AskedParts {
  const heads = new Map<string, (readonly [string, 'leaf' | 'open'])[]>();
  for (const [path, kind] of paths) {
    const [head = '', ...rest] = path.split('.');
    heads.set(head, [...(heads.get(head) ?? []), [rest.join('.'), kind]]);
  }
  return new Map(
    [...heads].map(
      ([head, tails]) => [head, tails.length === 1 && tails[0]?.[0] === '' ? tails[0][1] : askFor(tails)] as const,
    ),
  );
}

/** The result of a read, or a `Drift`. */
export function expectedResult(document: object, asked: AskedParts, depthsAt: DepthsAt): object {
  return parts(document, asked, '', { atBranch: serverBranch, depthsAt });
}

/** The part of a document that is in hand, or a `Drift`: the server does not project into a DBRef or Code at a branch. */
export function expectedPart(document: object, asked: AskedParts, depthsAt: DepthsAt): object {
  const atBranch: AtBranch = (_value, path) => {
    throw new Drift(path);
  };
  return parts(document, asked, '', { atBranch, depthsAt });
}

/** The result for a DBRef or Code at a branch. */
type AtBranch = (value: unknown, path: string) => unknown;

interface Rules {
  readonly atBranch: AtBranch;
  readonly depthsAt: DepthsAt;
}

/** To the server a DBRef is a subdocument, of which only the asked parts are kept, and Code is a scalar. */
function serverBranch(value: unknown): unknown {
  return value instanceof DBRef ? {} : LEFT_OUT;
}

function parts(stored: object, asked: AskedParts, prefix: string, rules: Rules): object {
  const result: Record<string, unknown> = {};
  for (const [name, below] of asked) {
    const value = Object.entries(stored).find(([key]) => key === name)?.[1];
    if (value === undefined) continue;
    const path = `${prefix}${name}`;
    const kept =
      below === 'leaf'
        ? leaf(value, path, rules.depthsAt(path))
        : below === 'open'
          ? open(value, path)
          : branch(value, below, path, rules);
    if (kept !== LEFT_OUT) result[name] = kept;
  }
  return result;
}

const LEFT_OUT = Symbol('left out');

function branch(value: unknown, asked: AskedParts, path: string, rules: Rules, level = 0): unknown {
  const depths = rules.depthsAt(path);
  if (Array.isArray(value)) {
    mayNest(path, depths, level);
    return value
      .map((element) => branch(element, asked, path, rules, level + 1))
      .filter((element) => element !== LEFT_OUT);
  }
  if (isCarrier(value)) {
    const kept = rules.atBranch(value, path);
    if (kept !== LEFT_OUT) mayEnd(path, depths, level);
    return kept;
  }
  if (!isSubdocument(value)) return LEFT_OUT;
  mayEnd(path, depths, level);
  return parts(value, asked, `${path}.`, rules);
}

function leaf(value: unknown, path: string, depths: readonly number[] | undefined, level = 0): unknown {
  if (Array.isArray(value)) {
    mayNest(path, depths, level);
    return value.map((element) => leaf(element, path, depths, level + 1));
  }
  if (isSubdocument(value) || isCarrier(value)) throw new Drift(path);
  if (value !== null) mayEnd(path, depths, level);
  return value;
}

function mayNest(path: string, depths: readonly number[] | undefined, level: number): void {
  if (depths !== undefined && !depths.some((depth) => depth > level)) throw new Drift(path);
}

function mayEnd(path: string, depths: readonly number[] | undefined, level: number): void {
  if (depths !== undefined && !depths.includes(level)) throw new Drift(path);
}

function open(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((element) => open(element, path));
  if (isCarrier(value)) throw new Drift(path);
  return isSubdocument(value)
    ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, open(below, path)]))
    : value;
}

function isCarrier(value: unknown): boolean {
  return value instanceof DBRef || value instanceof Code;
}

function isSubdocument(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** The different values of a path, each once, or a `Drift`. Arrays on the way and at the end are taken apart, once each. */
export function expectedDistinct(
  documents: readonly object[],
  path: string,
  kind: 'leaf' | 'open',
  depthsAt: DepthsAt,
): unknown[] {
  const unwound = depthsAt(path)?.map((depth) => (depth === 0 ? 0 : depth - 1));
  const different: unknown[] = [];
  for (const value of documents.flatMap((document) => along(document, path.split('.')))) {
    const held = kind === 'leaf' ? leaf(value, path, unwound) : open(value, path);
    if (!different.some((other) => isDeepStrictEqual(other, held))) different.push(held);
  }
  return different;
}

function along(value: unknown, path: readonly string[]): unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((element) => (isSubdocument(element) ? along(element, path) : []));
  return isSubdocument(value) ? along(Object.entries(value).find(([key]) => key === head)?.[1], rest) : [];
}

/** The paths of a result that have a value, with the elements of arrays at the path of the array. */
export function leafPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => leafPaths(element, path));
  if (!isSubdocument(value)) return [path];
  return Reflect.ownKeys(value).flatMap((key) =>
    leafPaths((value as Record<PropertyKey, unknown>)[key], path === '' ? String(key) : `${path}.${String(key)}`),
  );
}
