import { bare, entriesOf, Node, requestInputBehind } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { textWith } from './edit.ts';
import type { Elsewhere } from './elsewhere.ts';
import { filterElsewhere } from './filter-elsewhere.ts';
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
  if (!Node.isObjectLiteralExpression(filter))
    return {
      own: filter.getText(),
      trusted: undefined,
      isEmpty: false,
      usesOp: false,
      elsewhere: filterElsewhere(filter, view, index),
    };
  const entries = entriesOf(filter);
  if (entries.length !== filter.getProperties().length)
    throw new CannotMigrate('the filter has a method or an accessor');
  const edits = entries.flatMap((entry) => opEdits(entry, ''));
  const apart = entries.filter((entry) => !isFilterable(entry, '', view));
  for (const { value, node: written } of apart) {
    if (requestInputBehind(value, index).length > 0)
      throw new CannotMigrate(
        `request input is compared with '${keyText(written)}', which the view does not make filterable`,
      );
  }
  const usesOp = edits.length > 0;
  if (apart.length === 0)
    return { own: textWith(filter, edits), trusted: undefined, isEmpty: entries.length === 0, usesOp };
  const text = (kept: readonly ObjectEntry[]) =>
    kept.length === 0
      ? '{}'
      : `{ ${kept
          .map((entry) =>
            textWith(
              entry.node,
              edits.filter(({ start, end }) => start >= entry.node.getStart() && end <= entry.node.getEnd()),
            ),
          )
          .join(', ')} }`;
  return { own: text(entries.filter((entry) => !apart.includes(entry))), trusted: text(apart), isEmpty: false, usesOp };
}

function keyText(node: Node): string {
  return Node.hasName(node) ? node.getName().replaceAll(/^['"]|['"]$/g, '') : node.getText();
}
