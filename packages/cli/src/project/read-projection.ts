import { chainAfter } from './cursor-chain.ts';
import type { DriverCall } from './driver-call.ts';
import { methodShape } from './driver-methods.ts';
import { bare } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { entriesOf, entryOf, objectsBehind } from './object-literals.ts';
import { Node } from './syntax.ts';

/** The part of a document that a call projects. */
export interface CallProjection {
  readonly kind: 'none' | 'include' | 'exclude' | 'unknown';
  readonly paths: readonly string[];
  readonly writtenAs: 'option' | 'cursor' | 'fields' | 'argument' | 'stage' | 'absent';
  /** The node of the projection; the call if there is none. */
  readonly node: Node;
  /** Whether the driver ignores it and returns every field. */
  readonly isIgnored: boolean;
}

const OPTION_NAMES = new Set([
  'projection',
  'sort',
  'limit',
  'skip',
  'session',
  'hint',
  'collation',
  'maxTimeMS',
  'batchSize',
  'readPreference',
  'readConcern',
  'upsert',
  'returnDocument',
  'returnOriginal',
  'returnNewDocument',
  'comment',
  'allowDiskUse',
  'arrayFilters',
  'includeResultMetadata',
  'rawResult',
  'new',
  'cursor',
]);

/** Reads the projection of a call that returns documents: in its options, on its cursor, or in its last stage. */
export function projectionOf(call: DriverCall, index: NameIndex): CallProjection {
  if (call.method === 'aggregate') return ofPipeline(call, index);
  if (call.method === 'distinct') return ofDistinct(call);
  const onCursor = chainAfter(call.node).calls.findLast(({ method }) => method === 'project');
  const [given] = onCursor?.arguments ?? [];
  if (onCursor !== undefined && given !== undefined) return read(given, 'cursor', index);
  return ofOptions(call, index);
}

function absent(node: Node): CallProjection {
  return { kind: 'none', paths: [], writtenAs: 'absent', node, isIgnored: false };
}

function ofOptions(call: DriverCall, index: NameIndex): CallProjection {
  const at = methodShape(call.method).options ?? 1;
  const options = call.arguments[at];
  if (options === undefined || options.getText() === 'undefined' || options.getText() === 'null')
    return absent(call.node);
  const objects = objectsBehind(options, index);
  const [object] = objects;
  if (object === undefined) return { ...absent(options), kind: 'unknown' };
  const projection = objects.map((one) => entryOf(one, 'projection')).find((one) => one !== undefined);
  if (projection !== undefined) return read(projection, 'option', index);
  const fields = entryOf(object, 'fields');
  if (fields !== undefined) return { ...read(fields, 'fields', index), isIgnored: true };
  if (entriesOf(object).some(({ key, value }) => key !== undefined && !OPTION_NAMES.has(key) && isSwitch(value)))
    return { ...read(object, 'argument', index), isIgnored: true };
  return entriesOf(object).some(({ key }) => key === undefined)
    ? { ...absent(options), kind: 'unknown' }
    : absent(call.node);
}

function read(node: Node, writtenAs: CallProjection['writtenAs'], index: NameIndex): CallProjection {
  const objects = objectsBehind(node, index);
  const place = { writtenAs, node, isIgnored: false };
  const [object] = objects;
  if (object === undefined || objects.length > 1) return { ...place, kind: 'unknown', paths: [] };
  const entries = entriesOf(object);
  if (entries.some(({ key }) => key === undefined)) return { ...place, kind: 'unknown', paths: [] };
  if (entries.length === 0) return { ...place, kind: 'none', paths: [] };
  const named = entries.map(({ key, value }) => ({ key: key ?? '', off: isOff(value), slices: isSlice(value) }));
  const rest = named.filter(({ key }) => key !== '_id');
  const isExclusion =
    rest.length === 0 ? named.every(({ off }) => off) : rest.every(({ off, slices }) => off || slices);
  if (isExclusion) return { ...place, kind: 'exclude', paths: named.filter(({ off }) => off).map(({ key }) => key) };
  // An inclusion includes `_id` unless it excludes it.
  const hasId = named.some(({ key }) => key === '_id');
  return {
    ...place,
    kind: 'include',
    paths: [
      ...(hasId ? [] : ['_id']),
      ...entries.flatMap(({ key, value }) => (isOff(value) ? [] : sourceOf(key ?? '', value))),
    ],
  };
}

/** `{ name: '$username' }` returns what is stored at `username`. */
function sourceOf(key: string, value: Node): readonly string[] {
  const node = bare(value);
  if (Node.isStringLiteral(node) && node.getLiteralValue().startsWith('$')) return [node.getLiteralValue().slice(1)];
  return [key];
}

function isOff(value: Node): boolean {
  const text = bare(value).getText();
  return text === '0' || text === 'false';
}

function isSwitch(value: Node): boolean {
  return /^(?:0|1|true|false)$/.test(bare(value).getText());
}

function isSlice(value: Node): boolean {
  return /^\{\s*\$slice\b/.test(bare(value).getText());
}

/** `distinct('email')` returns the values of one path. */
function ofDistinct(call: DriverCall): CallProjection {
  const [key] = call.arguments;
  const place = { writtenAs: 'argument', node: call.node, isIgnored: false } as const;
  return Node.isStringLiteral(key)
    ? { ...place, kind: 'include', paths: [key.getLiteralValue()] }
    : { ...place, kind: 'unknown', paths: [] };
}

/** The projection of a pipeline: the stages that decide its fields, from the last one backwards. */
function ofPipeline(call: DriverCall, index: NameIndex): CallProjection {
  const [pipeline] = call.arguments;
  const list = pipeline === undefined ? undefined : bare(pipeline);
  if (list === undefined) return absent(call.node);
  if (!Node.isArrayLiteralExpression(list)) return { ...absent(list), kind: 'unknown' };
  return ofStages(list.getElements(), call, index);
}

function ofStages(stages: readonly Node[], call: DriverCall, index: NameIndex): CallProjection {
  for (const [at, stage] of [...stages.entries()].toReversed()) {
    const [entry] = objectsBehind(stage, index).flatMap((object) => entriesOf(object));
    if (entry?.key === undefined) return { ...absent(stage), kind: 'unknown' };
    const { key, value } = entry;
    const place = { writtenAs: 'stage', node: value, isIgnored: false } as const;
    // A pipeline that writes to a collection returns nothing.
    if ((key === '$out' || key === '$merge') && at === stages.length - 1)
      return { ...place, kind: 'include', paths: [] };
    if (key === '$project' || key === '$unset') {
      const own: CallProjection =
        key === '$project' ? read(value, 'stage', index) : { ...place, kind: 'exclude', paths: unsetPaths(value) };
      if (own.kind !== 'exclude') return own;
      // An exclusion of what an earlier stage makes returns only the rest of it.
      const before = ofStages(stages.slice(0, at), call, index);
      return before.kind === 'include' || before.kind === 'unknown' ? before : own;
    }
    if (key === '$group' || key === '$count' || key === '$sortByCount' || key === '$bucket')
      return { ...place, kind: 'include', paths: fieldsIn(value) };
    if (key === '$replaceRoot' || key === '$replaceWith' || key === '$facet')
      return { ...absent(value), kind: 'unknown' };
  }
  return absent(call.node);
}

function unsetPaths(node: Node): readonly string[] {
  const value = bare(node);
  const elements = Node.isArrayLiteralExpression(value) ? value.getElements() : [value];
  return elements.flatMap((element) => (Node.isStringLiteral(element) ? element.getLiteralValue() : []));
}

/** The stored paths that a group reads; `$$ROOT` reads all. */
function fieldsIn(node: Node): readonly string[] {
  return [...node.getText().matchAll(/['"`]\$([A-Za-z_][\w.]*)['"`]/g)].flatMap(([, path]) => path ?? []);
}
