import type { SampledCollection } from '../database/sample-database.ts';
import { fieldsOfType, followResult, methodShape } from '../project/index.ts';
import type { DriverCall, NameIndex, TypeField } from '../project/index.ts';
import { judgeField } from '../sensitive/judge-field.ts';
import type { FieldStatistics } from '../database/field-statistics.ts';
import type { CollectionFacts, FieldFacts } from './collection-facts.ts';
import { fieldsNamedBy } from './fields-in-code.ts';

/** Reads whose results are not the stored documents. */
const MADE: ReadonlySet<string> = new Set(['aggregate', 'distinct', 'watch']);

/** Everything that is known about one path. */
interface Known {
  declared?: TypeField;
  sampled?: FieldStatistics;
  inCode?: true;
}

/** What interfaces, code and samples say about each collection that calls use. */
export function buildCatalogue(
  calls: readonly DriverCall[],
  index: NameIndex,
  samples: readonly SampledCollection[],
): readonly CollectionFacts[] {
  const names = new Set([...calls.flatMap(({ collections }) => collections), ...samples.map(({ name }) => name)]);
  return [...names].toSorted().map((name) =>
    factsOf(
      name,
      calls.filter(({ collections }) => collections.includes(name)),
      index,
      samples.find((sample) => sample.name === name),
    ),
  );
}

function factsOf(
  name: string,
  calls: readonly DriverCall[],
  index: NameIndex,
  sample: SampledCollection | undefined,
): CollectionFacts {
  const known = new Map<string, Known>();
  const at = (path: string): Known => {
    const found = known.get(path) ?? {};
    known.set(path, found);
    return found;
  };
  const declared = declaredFields(calls);
  for (const field of declared) at(field.path).declared = field;
  // A function that is used for several collections says nothing about one of them.
  for (const call of calls.filter(({ collections }) => collections.length === 1)) {
    // A write returns counts and ids; a pipeline makes fields with other names.
    const isPlain = methodShape(call.method).kind === 'read' && !MADE.has(call.method);
    const read = isPlain ? followResult(call, index).paths : [];
    const written = new Set(declared.length === 0 ? [] : fieldsNamedBy(call));
    for (const path of [...fieldsNamedBy(call, index), ...read])
      if (declared.length === 0 || written.has(path) || mayHave(path, declared)) at(path).inCode = true;
  }
  for (const field of sample?.fields ?? []) at(field.path).sampled = field;
  return {
    name,
    documents: sample?.documents,
    sampled: sample?.sampled,
    fields: [...known]
      .map(([path, facts]) => fieldFacts(name, path, facts, sample?.sampled))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    notes: sample?.notes ?? [],
  };
}

/**
 * Whether a type has a path, or something open above it. What code reads elsewhere may be a field of another collection, if a function
 * is used for several.
 */
function mayHave(path: string, declared: readonly TypeField[]): boolean {
  return declared.some((field) => field.path === path || (field.kind !== 'leaf' && path.startsWith(`${field.path}.`)));
}

/** The fields of the interfaces that the collection is opened with. */
export function declaredFields(calls: readonly DriverCall[]): readonly TypeField[] {
  const seen = new Set<unknown>();
  return calls.flatMap(({ documentType, node, collections }) => {
    if (documentType === undefined || collections.length !== 1 || seen.has(documentType)) return [];
    seen.add(documentType);
    return fieldsOfType(documentType, node);
  });
}

function fieldFacts(
  collection: string,
  path: string,
  { declared, sampled, inCode }: Known,
  documents: number | undefined,
): FieldFacts {
  const types =
    sampled === undefined
      ? Object.fromEntries((declared?.types ?? []).map((type) => [type, 0]))
      : Object.fromEntries(sampled.types);
  return {
    path,
    seenIn: [
      ...(declared === undefined ? [] : (['interface'] as const)),
      ...(inCode === true ? (['code'] as const) : []),
      ...(sampled === undefined ? [] : (['sample'] as const)),
    ],
    types,
    frequency:
      sampled === undefined || documents === undefined || documents === 0 ? undefined : sampled.documents / documents,
    sensitive: isBranch(declared, sampled) ? undefined : judgeField(path, sampled ?? countsOf(declared), collection),
  };
}

function isBranch(declared: TypeField | undefined, sampled: FieldStatistics | undefined): boolean {
  if (sampled !== undefined)
    return (
      [...sampled.types.keys()].every((type) => type === 'object' || type === 'array' || type === 'null') &&
      sampled.types.has('object')
    );
  return declared?.kind === 'branch';
}

/** Counts made from an interface: the type is enough to distinguish a date from a secret. */
function countsOf(declared: TypeField | undefined) {
  if (declared === undefined || declared.types.length === 0) return undefined;
  return { types: new Map(declared.types.map((type) => [type, 1])), texts: 0, shapes: [], isVaried: false };
}
