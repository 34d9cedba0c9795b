import { entriesOf, Node, putInto, wayOf } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { replace } from './edit.ts';
import type { Elsewhere, Need } from './elsewhere.ts';
import { isFilterable, opEdits } from './rewrite-filter.ts';
import type { ViewFacts } from './view-facts.ts';

const UNKNOWN = 'the filter is in a variable that can’t be followed: write it here';
/** Type annotations of filters that say nothing about their fields. */
const LOOSE = /^(?:Filter<.*>|FilterQuery<.*>|Record<string, (?:any|unknown)>|any|object|Document)$/s;

/** A filter, or a part of one, that is built elsewhere. */
export interface FilterElsewhere {
  readonly entries: readonly ObjectEntry[];
  /** An entry at a path that the view does not make filterable. */
  readonly closed: ObjectEntry | undefined;
  /** The changes for the place of a filter. */
  readonly own: Elsewhere;
  /** The changes for a `trusted` filter, which may have any type. */
  readonly trusted: Elsewhere;
}

/** Adds `op()` where the filter is written, and replaces the driver's `Filter` by `SafeFilter` on the way. */
export function filterElsewhere(filter: Node, view: ViewFacts, index: NameIndex): FilterElsewhere {
  const { objects, holders } = wayOf(filter, index);
  if (objects.length === 0) throw new CannotMigrate(UNKNOWN);
  const entries = [...objects.flatMap((object) => entriesOf(object)), ...holders.flatMap((holder) => addedTo(holder))];
  const operators = entries.flatMap((entry) => opEdits(entry, ''));
  const types = holders.flatMap((holder) => typeOf(holder));
  const trusted: Elsewhere = {
    edits: [],
    needs: [],
    shared: operators.length === 0 ? [] : [{ objects, edits: operators, node: filter }],
  };
  return {
    entries,
    closed: entries.find((entry) => !isFilterable(entry, '', view)),
    trusted,
    own: {
      ...trusted,
      edits: types.map((type) => replace(type, `SafeFilter<typeof ${view.name}>`)),
      needs: types.flatMap((type): readonly Need[] => {
        const file = type.getSourceFile().getFilePath();
        return [
          { file, from: 'library', name: 'type SafeFilter' },
          { file, from: 'views', name: `type ${view.name}` },
        ];
      }),
    },
  };
}

function addedTo(holder: Node): readonly ObjectEntry[] {
  const added = putInto(holder);
  if (added !== undefined) return added;
  throw new CannotMigrate('the filter is changed after it is made, in a way that can’t be followed: name its paths');
}

/** The type annotation of a variable, parameter or function that passes the filter on, if it has to change. */
function typeOf(holder: Node): readonly Node[] {
  const type = annotationOf(holder);
  if (type === undefined) return [];
  return LOOSE.test(type.getText()) ? [type] : typesNamed(type, 'Filter');
}

/** The types of this name inside an annotation: `Filter<User>` in `Record<string, Filter<User>>`. */
export function typesNamed(annotation: Node, name: string): readonly Node[] {
  const all = [annotation, ...annotation.getDescendants()];
  return all.filter((node) => Node.isTypeReference(node) && node.getTypeName().getText() === name);
}

/** The type annotation of a variable, a parameter or a function's result. */
export function annotationOf(holder: Node): Node | undefined {
  if (Node.isReturnTyped(holder)) return holder.getReturnTypeNode();
  return Node.isTyped(holder) ? holder.getTypeNode() : undefined;
}
