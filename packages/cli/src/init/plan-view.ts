import { judgeField } from '../sensitive/judge-field.ts';
import type { Evidence } from '../sensitive/sensitivity.ts';
import type { TypeField } from '../project/index.ts';
import type { DocumentSource, LeftOut, PlannedPath, ViewPlan } from './view-plan.ts';

export interface PlanInput {
  readonly collection: string;
  readonly name: string;
  readonly document: DocumentSource;
  readonly fields: readonly TypeField[];
  /** The paths of results that code reads or sends; empty if they are not known. */
  readonly used: ReadonlySet<string>;
  /** The sensitive paths of the sample. */
  readonly sensitive: ReadonlyMap<string, Evidence>;
  /** Paths that code asks for by name: a personal one is public then, and so is `_id`. */
  readonly named?: ReadonlySet<string>;
}

/** Decides what a view makes public: paths that are used and not sensitive. Others are left out, with the reason. */
export function planView({
  collection,
  name,
  document,
  fields,
  used,
  sensitive,
  named = new Set(),
}: PlanInput): ViewPlan {
  const paths: PlannedPath[] = [];
  const leftOut: LeftOut[] = [];
  for (const field of fields) {
    if (field.kind === 'branch' || (field.path === '_id' && !named.has('_id'))) continue;
    const evidence = sensitive.get(field.path) ?? judgeField(field.path, countsOf(field), collection);
    const isNamed = evidence?.sensitivity === 'personal' && named.has(field.path);
    const why = refusal(field, used, isNamed ? undefined : evidence);
    if (why !== undefined) leftOut.push({ path: field.path, why });
    else
      paths.push({
        path: field.path,
        mark: field.kind === 'open' ? 'subtree' : '1',
        note: isNamed ? `${evidence.sensitivity}: ${evidence.what}; the code asks for it` : noteOf(field, document),
      });
  }
  return { collection, name, document, paths, arrays: arraysOf(paths, fields), leftOut };
}

/** A comment for a path whose type is not known: a name that only code uses, or a map. */
function noteOf({ kind }: TypeField, document: DocumentSource): string | undefined {
  if (kind !== 'open') return undefined;
  return document.kind === 'written' && !document.isSampled
    ? 'its type is not known: give it one above, and write 1 here'
    : 'returns everything below it';
}

function refusal(
  { kind, path }: TypeField,
  used: ReadonlySet<string>,
  evidence: Evidence | undefined,
): string | undefined {
  if (evidence !== undefined) return `${evidence.sensitivity}: ${evidence.what}`;
  if (kind === 'carrier') return 'a DBRef or Code contains a document';
  if (kind === 'mixed') return 'it holds values and documents: migrate one of them first';
  if (kind === 'many') return 'it has many keys that hold the same: name those that a client needs';
  if (kind === 'recursive') return 'it contains itself: name the levels that are needed';
  if (used.size > 0 && !isUsed(path, used)) return 'no code reads it';
  return undefined;
}

function isUsed(path: string, used: ReadonlySet<string>): boolean {
  return [...used].some((one) => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));
}

function countsOf({ types }: TypeField) {
  return types.length === 0
    ? undefined
    : { types: new Map(types.map((type) => [type, 1])), texts: 0, shapes: [], isVaried: false };
}

/** The array paths at or above a leaf of the view. Subtrees are not listed, because they may hold arrays of any depth. */
function arraysOf(paths: readonly PlannedPath[], fields: readonly TypeField[]): ReadonlyMap<string, readonly number[]> {
  const isNamed = (field: TypeField) =>
    paths.some(({ path, mark }) => path.startsWith(`${field.path}.`) || (path === field.path && mark === '1'));
  return new Map(
    fields
      .filter((field) => field.depths.some((depth) => depth > 0) && isNamed(field))
      .map((field) => [field.path, field.depths]),
  );
}
