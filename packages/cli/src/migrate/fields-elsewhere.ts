import { entriesOf, Node, putInto, wayOf } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { annotationOf } from './filter-elsewhere.ts';
import { leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

/** Type annotations without field names: `Record<string, string>`. */
const LOOSE = /^(?:Record<string, [\w ]+>|any|object|Document|\{ \[\w+: string\]: [\w ]+;? \})$/;

/**
 * The fields of a `$set` that are built in a variable and are all writable. The type of the variable gets their names, because
 * the compiler requires them.
 */
export function fieldsElsewhere(
  fields: Node,
  view: ViewFacts,
  index: NameIndex,
): { readonly edits: readonly Edit[]; readonly paths: readonly string[] } | undefined {
  const { objects, holders } = wayOf(fields, index);
  const added = holders.map((holder) => putInto(holder));
  if (objects.length === 0 || added.includes(undefined)) return undefined;
  const written = objects.flatMap((object) => entriesOf(object));
  const entries = [...written, ...added.flatMap((one) => one ?? [])];
  if (entries.length === 0 || !entries.every(({ key }) => key !== undefined && leafAt(view.writes, key) !== undefined))
    return undefined;
  const isAlways = (path: string) => objects.every((object) => entriesOf(object).some(({ key }) => key === path));
  const paths = [...new Set(entries.flatMap(({ key }) => key ?? []))];
  const members = paths.map((path) => {
    const types = entries.filter(({ key }) => key === path).map((entry) => typeText(entry));
    return `'${path}'${isAlways(path) ? '' : '?'}: ${[...new Set(types)].join(' | ')}`;
  });
  const edits = holders.flatMap((holder) => {
    const annotation = annotationOf(holder);
    return annotation !== undefined && LOOSE.test(annotation.getText())
      ? [replace(annotation, `{ ${members.join('; ')} }`)]
      : [];
  });
  return { edits, paths };
}

function typeText({ value }: ObjectEntry): string {
  const type = value.getType().getBaseTypeOfLiteralType();
  return type.isAny() || type.isUnknown() ? 'unknown' : type.getText(value);
}
