import { bare, Node } from '../project/index.ts';
import type { ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { kindsOf, maybeUndefined } from '../sources/values.ts';
import { objectOf } from '../sources/write-object.ts';
import type { PrismaField } from './schema-facts.ts';

const PARTS = new Set(['contains', 'startsWith', 'endsWith']);
/** The end of a text: a plain `$` also matches before a final line break. */
const END = String.raw`$(?!\n)`;

/** `contains`, `startsWith`, `endsWith` and `mode: 'insensitive'` as a regular expression of the escaped text; nothing for other filters. */
export function textFilter(entries: readonly ObjectEntry[], field: PrismaField): string | undefined {
  const of = (name: string) => entries.find(({ key }) => key === name)?.value;
  const mode = of('mode')
    ?.getText()
    .replaceAll(/['"]|QueryMode\.|Prisma\./g, '');
  const rest = entries.filter(({ key }) => key !== 'mode');
  const [only, ...more] = rest;
  const isPart = rest.some(({ key }) => PARTS.has(key ?? ''));
  if (!isPart && mode !== 'insensitive') {
    if (mode !== undefined && mode !== 'default') throw new CannotMigrate(`the mode of '${field.name}' is computed`);
    return undefined;
  }
  if (
    only?.key === undefined ||
    more.length > 0 ||
    field.type !== 'String' ||
    field.isObjectId ||
    (mode !== undefined && mode !== 'insensitive' && mode !== 'default')
  )
    throw new CannotMigrate(`the filter of '${field.name}' has more than one condition of text: write them with $and`);
  if (!isPart && only.key !== 'equals')
    throw new CannotMigrate(`'${only.key}' of '${field.name}' with mode: 'insensitive' has no counterpart`);
  if (maybeUndefined(only.value))
    throw new CannotMigrate(`an operand of '${field.name}' may be undefined: build the filter without it`);
  const options = mode === 'insensitive' ? [`$options: 'i'`] : [];
  return objectOf([`$regex: ${patternText(only.key, only.value, field)}`, ...options]);
}

function patternText(key: string, value: Node, field: PrismaField): string {
  const before = key === 'startsWith' || key === 'equals' ? '^' : '';
  const after = key === 'endsWith' || key === 'equals' ? END : '';
  const node = bare(value);
  if (Node.isStringLiteral(node))
    return literal(before + node.getLiteralValue().replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`) + after);
  const kinds = kindsOf(value);
  if (kinds.size !== 1 || !kinds.has('string'))
    throw new CannotMigrate(`the search value of '${field.name}' does not have the type string`);
  const pattern = `asPattern(${node.getText()})`;
  if (before === '' && after === '') return pattern;
  return [before === '' ? undefined : literal(before), pattern, after === '' ? undefined : literal(after)]
    .filter((part) => part !== undefined)
    .join(' + ');
}

function literal(text: string): string {
  return `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`;
}
