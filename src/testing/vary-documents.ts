import type { Document } from 'mongodb';

import { fieldRules, privatePaths, type FieldRules } from './seeded-fields.ts';
import { drawFor, isPlainDocument, varyValue, type Draw } from './vary-value.ts';
import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';

/** A collection of the seed, with what is the same in both worlds. */
export interface SeededCollection {
  readonly name: string;
  readonly policy: ViewPolicy;
  readonly documents: readonly Document[];
  /** Private paths that are the same in both worlds. */
  readonly same: readonly string[];
  /** The scope of the requests, if the view has one. Rows of other scopes are private as a whole. */
  readonly scope: Readonly<Record<string, unknown>>;
}

/** The name of the rows of other scopes, in the place of a private path. */
export const OTHER_SCOPES = '(rows of other scopes)';

/** What differs between the worlds in a collection: private paths, and the rows of other scopes. */
export function differingParts(collection: SeededCollection): readonly string[] {
  const { documents } = collection;
  const rows = documents.some((document) => isForeign(document, collection)) ? [OTHER_SCOPES] : [];
  const own = documents.filter((document) => !isForeign(document, collection));
  return [...privatePaths(own, rulesOf(collection)), ...rows];
}

/** Which of the other worlds is made, and which of the differing parts differ in it; by default all. */
export interface OtherWorld {
  readonly number: number;
  readonly parts?: ReadonlySet<string>;
}

/** The documents of another world. A part differs in the same way, whichever other parts do. */
export function variedDocuments(collection: SeededCollection, { number, parts }: OtherWorld): readonly Document[] {
  const { documents, name } = collection;
  const world: Variation = {
    rules: rulesOf(collection),
    parts: parts ?? new Set(differingParts(collection)),
    drawAt: (index, path) => drawFor(number, `${name}.${index}.${path}`),
  };
  const rows = documents.flatMap((document, index) =>
    isForeign(document, collection) ? [] : [varyFields(document, '', index, world)],
  );
  varyPresence(rows, world);
  const own = rows.values();
  return documents.flatMap((document, index) => {
    if (!isForeign(document, collection)) return [own.next().value as Document];
    return world.parts.has(OTHER_SCOPES) ? foreignDocuments(document, collection, world.drawAt(index, '')) : [document];
  });
}

function rulesOf({ policy, same }: SeededCollection): FieldRules {
  return fieldRules(policy, same);
}

/** Whether a row belongs to another scope than that of the requests. */
function isForeign(document: Document, { policy, scope }: SeededCollection): boolean {
  return scopePathsOf(policy).some((path) => path in scope && String(document[path]) !== String(scope[path]));
}

/** Rows of other scopes differ in every field, and some are missing. */
function foreignDocuments(document: Document, { policy }: SeededCollection, draw: Draw): readonly Document[] {
  if (draw(3) === 0) return [];
  const kept = new Set(['_id', ...scopePathsOf(policy)]);
  const entries = Object.entries(document);
  return [Object.fromEntries(entries.map(([key, value]) => [key, kept.has(key) ? value : varyValue(value, draw)]))];
}

interface Variation {
  readonly rules: FieldRules;
  readonly parts: ReadonlySet<string>;
  readonly drawAt: (index: number, path: string) => Draw;
}

function varyFields(document: Document, prefix: string, index: number, world: Variation): Document {
  const entries = Object.entries(document);
  return Object.fromEntries(entries.map(([key, value]) => [key, varyAt(value, `${prefix}${key}`, index, world)]));
}

function varyAt(value: unknown, path: string, index: number, world: Variation): unknown {
  const { rules, parts, drawAt } = world;
  if (rules.isShared(path)) return value;
  if (!rules.isPartlyShared(path)) return parts.has(path) ? varyValue(value, drawAt(index, path)) : value;
  if (Array.isArray(value)) return value.map((element) => varyAt(element, path, index, world));
  return isPlainDocument(value) ? varyFields(value, `${path}.`, index, world) : value;
}

/** Adds and removes the fields that some documents lack, so that another number of documents has them. */
function varyPresence(rows: readonly Document[], { parts, drawAt }: Variation): void {
  for (const path of parts) {
    const holders = rows.filter((row) => path in row);
    const others = rows.filter((row) => !(path in row));
    const [holder] = holders;
    if (holder === undefined || others.length === 0) continue;
    const value: unknown = holder[path];
    const losing = holders.filter((_, index) => drawAt(index, `${path} lost`)(4) === 0);
    const getting = others.slice(0, gettersBeside(losing.length, others.length));
    for (const row of losing) delete row[path];
    for (const [index, row] of getting.entries()) row[path] = varyValue(value, drawAt(index, `${path} new`));
  }
}

/** As many as lose the field, and one more or one less. */
function gettersBeside(losing: number, others: number): number {
  return losing < others ? losing + 1 : others - 1;
}
