import {
  EXACT_CONDITIONS,
  SEALED_CONDITIONS,
  CONDITION_OPERATORS,
  type ConditionOperator,
  type FieldKind,
} from '../grammar/agent-operators.ts';
import { arrayAround } from '../view/array-around.ts';
import { branchesOf } from '../view/path.ts';
import { isIdPublic, scopePathsOf, type ViewPolicy } from '../view/policy.ts';
import type { PathTree } from '../view/path-tree.ts';

/** A field as a tool knows it. */
export interface ToolField {
  readonly path: string;
  readonly kind: FieldKind | undefined;
  readonly description: string | undefined;
}

/** A field that conditions may compare. */
export interface ConditionField extends ToolField {
  readonly operators: readonly ConditionOperator[];
}

/** The fields of a collection that its tools name. A model can name no other, and never those of the scope. */
export interface ToolFields {
  readonly view: string;
  readonly shown: ReadonlyMap<string, ToolField>;
  readonly filterable: ReadonlyMap<string, ConditionField>;
  readonly sortable: ReadonlyMap<string, ToolField>;
  /** The sortable fields with a single value: a page can continue after it. */
  readonly pageable: ReadonlyMap<string, ToolField>;
  /** The fields that a group may be made by, and computed of: single public leaves. */
  readonly grouped: ReadonlyMap<string, ToolField>;
}

/** What the program said of a field. */
export type Described = ReadonlyMap<string, Omit<ToolField, 'path'>>;

const ALL_OPERATORS = Object.keys(CONDITION_OPERATORS) as readonly ConditionOperator[];

/** JavaScript would put such a key before all others, so a sort by it can't be written in order. */
const INTEGER = /^\d+$/;

/** The fields of a view for its tools. */
export function fieldsOf(policy: ViewPolicy, view: string, described: Described): ToolFields {
  const hidden = new Set(scopePathsOf(policy).map((path) => policy.opaque.nameOf(path)));
  const fieldAt = (path: string): ToolField => ({
    path,
    kind: undefined,
    description: undefined,
    ...described.get(path),
  });
  const leaves = (tree: PathTree, withSubtrees: boolean): readonly ToolField[] =>
    tree
      .leaves()
      .filter(({ path, kind }) => !hidden.has(path) && (withSubtrees || kind === 'leaf'))
      .map(({ path }) => fieldAt(path));
  const sortable = leaves(policy.sortable, false).filter(({ path }) => !INTEGER.test(path));
  const isOpaque = (path: string): boolean => policy.opaque.at(path) !== undefined;
  return {
    view,
    shown: byPath(leaves(policy.public, true)),
    filterable: byPath(
      leaves(policy.filterable, false).map((field) => ({
        ...field,
        operators: operatorsAt(field, policy),
      })),
    ),
    sortable: byPath(sortable),
    pageable: byPath(sortable.filter(({ path }) => arrayAround(path, policy.stored) === undefined)),
    grouped: byPath(leaves(policy.public, false).filter(({ path }) => isSingle(path, policy) && !isOpaque(path))),
  };
}

/** Whether no array is at a path or above it. The server has no fixed order of groups by arrays, and computes nothing of them. */
function isSingle(path: string, { public: shown }: ViewPolicy): boolean {
  return [path, ...branchesOf(path)].every((each) => shown.at(each)?.depths?.every((depth) => depth === 0) === true);
}

function byPath<F extends ToolField>(fields: readonly F[]): ReadonlyMap<string, F> {
  return new Map(fields.map((field) => [field.path, field] as const));
}

/** An id that is not public is only matched, a sealed one has no order, and text is searched only where it may be. */
function operatorsAt({ path, kind }: ToolField, policy: ViewPolicy): readonly ConditionOperator[] {
  if (path === '_id' && !isIdPublic(policy)) return EXACT_CONDITIONS;
  if (policy.opaque.at(path) !== undefined) return SEALED_CONDITIONS;
  if (kind === undefined || kind === 'string') return ALL_OPERATORS;
  return ALL_OPERATORS.filter((name) => CONDITION_OPERATORS[name].takes !== 'text');
}
