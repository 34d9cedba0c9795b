import { bare, entriesOf, Node } from '../project/index.ts';
import type { ObjectEntry } from '../project/index.ts';
import { entryText } from '../sources/write-object.ts';
import { castValue } from './cast-value.ts';
import { defaultText } from './default-text.ts';
import { pathAt } from './schema-facts.ts';
import type { SchemaFacts } from './schema-facts.ts';

/** The fields that Mongoose stores if an upsert creates a document. */
export function insertedBy(
  entries: readonly ObjectEntry[],
  schema: SchemaFacts,
  filtered: ReadonlyMap<string, string>,
): readonly string[] {
  const given = new Set(
    entries.flatMap(({ key, value }) => {
      const fields = bare(value);
      return key?.startsWith('$') === true
        ? Node.isObjectLiteralExpression(fields)
          ? entriesOf(fields).map((one) => one.key)
          : []
        : [key];
    }),
  );
  const isGiven = (name: string) => isIn(name, given) || isIn(name, filtered.keys());
  return [
    // The server stores the equalities of the filter; the library requires them to be repeated.
    ...[...filtered].flatMap(([key, text]) =>
      key === '_id' || text === '' || isIn(key, given) ? [] : [entryText(key, text)],
    ),
    ...schema.paths.flatMap((path) => {
      const text = isGiven(path.name) ? undefined : defaultText(path);
      return text === undefined ? [] : [entryText(path.name, text)];
    }),
    ...(schema.created === undefined || isGiven(schema.created) ? [] : [entryText(schema.created, 'new Date()')]),
    ...(schema.versionKey === undefined ? [] : [entryText(schema.versionKey, '0')]),
  ];
}

/** The keys of a filter with the values that an upsert stores; an empty text for operators. */
export function filteredValues(node: Node | undefined, schema: SchemaFacts): ReadonlyMap<string, string> {
  const given = node === undefined ? undefined : bare(node);
  if (!Node.isObjectLiteralExpression(given)) return new Map([['_id', '']]);
  return new Map(
    entriesOf(given).flatMap(({ key, value }) =>
      key === undefined || key.startsWith('$') ? [] : [[key, storedText(key, value, schema)] as const],
    ),
  );
}

function storedText(key: string, value: Node, schema: SchemaFacts): string {
  const written = bare(value);
  if (Node.isObjectLiteralExpression(written) || Node.isRegularExpressionLiteral(written)) return '';
  const path = pathAt(schema.paths, key);
  return (path === undefined ? undefined : castValue(value, path, false)) ?? written.getText();
}

function isIn(name: string, keys: Iterable<string | undefined>): boolean {
  return [...keys].some((key) => key === name || key?.startsWith(`${name}.`) === true);
}
