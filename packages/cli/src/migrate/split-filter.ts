import { bare, entriesOf, Node } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { sourceOf } from './comments.ts';
import { textWith } from './edit.ts';
import { together } from './elsewhere.ts';
import type { Elsewhere } from './elsewhere.ts';
import { filterElsewhere } from './filter-elsewhere.ts';
import { inputInFilter } from './input-in.ts';
import { isFilterable, opEdits } from './rewrite-filter.ts';
import type { ViewFacts } from './view-facts.ts';

/** A filter split into the caller's part and the part that only the program may use. */
export interface SplitFilter {
  readonly own: string;
  readonly trusted: string | undefined;
  readonly isEmpty: boolean;
  /** Whether `op()` is used. */
  readonly usesOp: boolean;
  /** The changes of operators and types, if the filter is built elsewhere. */
  readonly elsewhere?: Elsewhere;
}

export function splitFilter(node: Node | undefined, view: ViewFacts, index: NameIndex): SplitFilter {
  const filter = node === undefined ? undefined : bare(node);
  if (filter === undefined) return { own: '{}', trusted: undefined, isEmpty: true, usesOp: false };
  if (!Node.isObjectLiteralExpression(filter)) return splitElsewhere(filter, view, index);
  const entries = entriesOf(filter);
  if (entries.length !== filter.getProperties().length)
    throw new CannotMigrate('the filter has a method or an accessor');
  const spread = new Map(
    entries.flatMap((entry) => (isBuiltElsewhere(entry) ? [[entry, filterElsewhere(entry.value, view, index)]] : [])),
  );
  const edits = entries.flatMap((entry) => (spread.has(entry) ? [] : opEdits(entry, '')));
  const apart = entries.filter((entry) => {
    const built = spread.get(entry);
    return built === undefined ? !isFilterable(entry, '', view) : built.closed !== undefined;
  });
  for (const entry of apart) refuseInput(spread.get(entry)?.entries ?? [entry], index);
  const usesOp = edits.length > 0;
  const elsewhere = together(
    ...[...spread].map(([entry, built]) => (apart.includes(entry) ? built.trusted : built.own)),
  );
  if (apart.length === 0)
    return { own: textWith(filter, edits), trusted: undefined, isEmpty: entries.length === 0, usesOp, elsewhere };
  const text = (kept: readonly ObjectEntry[]) =>
    kept.length === 0 ? '{}' : `{ ${kept.map(({ node: entry }) => sourceOf(entry, edits)).join(', ')} }`;
  const [only] = apart;
  const isOneSpread = only !== undefined && apart.length === 1 && only.key === undefined && spread.has(only);
  return {
    own: text(entries.filter((entry) => !apart.includes(entry))),
    trusted: isOneSpread ? only.value.getText() : text(apart),
    isEmpty: false,
    usesOp,
    elsewhere,
  };
}

/** A filter in a variable, or one that a function makes. */
function splitElsewhere(filter: Node, view: ViewFacts, index: NameIndex): SplitFilter {
  const { entries, closed, own, trusted } = filterElsewhere(filter, view, index);
  const text = filter.getText();
  if (closed === undefined) return { own: text, trusted: undefined, isEmpty: false, usesOp: false, elsewhere: own };
  refuseInput(entries, index);
  return { own: '{}', trusted: text, isEmpty: false, usesOp: false, elsewhere: trusted };
}

/** `...ownedBy(user)`: a spread of what is not written here. */
function isBuiltElsewhere({ key, value, node }: ObjectEntry): boolean {
  const written = bare(value);
  return (
    key === undefined &&
    Node.isSpreadAssignment(node) &&
    (Node.isIdentifier(written) || Node.isCallExpression(written) || Node.isPropertyAccessExpression(written))
  );
}

/** Refuses request input in `trusted()`, which is only for the program's values. */
function refuseInput(entries: readonly ObjectEntry[], index: NameIndex): void {
  const given = entries.find(({ value }) => inputInFilter(value, index).length > 0);
  if (given === undefined) return;
  throw new CannotMigrate(
    `request input is compared with '${given.key ?? keyText(given.node)}', which the view does not make filterable`,
  );
}

function keyText(node: Node): string {
  return Node.hasName(node) ? node.getName().replaceAll(/^['"]|['"]$/g, '') : node.getText();
}
