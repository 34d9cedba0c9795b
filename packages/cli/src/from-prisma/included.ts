import { bare, entriesOf, entryOf, followResult, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { keyOf } from '../init/write-interface.ts';
import { objectOf } from '../sources/write-object.ts';
import type { PrismaCall } from './call-parts.ts';
import { objectAt } from './read-arguments.ts';
import { recordText } from './record-text.ts';
import { fieldNamed } from './schema-facts.ts';
import type { PrismaField } from './schema-facts.ts';

/** A record of another model that `include` adds. */
export interface Included {
  readonly name: string;
  /** The entry of `populate`. */
  readonly populate: string;
  /** The record, of the document with this name. */
  readonly record: (from: string) => string;
}

/** The models of an `include`: relations to one record, whose key is in this model. */
export function includedBy(node: Node | undefined, call: PrismaCall): readonly Included[] {
  if (node === undefined) return [];
  return entriesOf(objectAt(node, 'what is included', call.index)).flatMap(({ key, value }) => {
    const written = bare(value);
    if (key === undefined) throw new CannotMigrate('the include spreads a variable: name its models here');
    return written.getText() === 'false' ? [] : [includedOne(key, written, call)];
  });
}

function includedOne(name: string, value: Node, call: PrismaCall): Included {
  const relation = fieldNamed(call.model.fields, name);
  const key = fieldNamed(call.model.fields, relation?.foreignKey ?? '');
  const other = relation === undefined ? undefined : call.related(relation.type);
  if (relation?.kind !== 'relation' || key === undefined || other === undefined || relation.isList)
    throw new CannotMigrate(`include of '${name}' joins several records: use findPopulated()`);
  const fields = fieldsOf(name, value, other.model.fields, other.isPublic, call);
  const isThere = !relation.isOptional;
  return {
    name,
    populate: `${keyOf(name)}: ${objectOf([
      `from: '${other.model.collection}'`,
      `localField: '${key.stored}'`,
      "foreignField: '_id'",
      `projection: ${objectOf(fields.map(({ stored }) => `${keyOf(stored)}: 1`))}`,
      'justOne: true',
    ])}`,
    record: (from) =>
      `${keyOf(name)}: ${from}.${name} ? ${recordText(fields, `${from}.${name}`, () => true)} : ${isThere ? 'missing()' : 'null'}`,
  };
}

/** The fields of the other record that are selected or read; if it is passed on, all that may be. */
function fieldsOf(
  name: string,
  value: Node,
  fields: readonly PrismaField[],
  isPublic: (path: string) => boolean,
  { node, index }: PrismaCall,
): readonly PrismaField[] {
  const select = Node.isObjectLiteralExpression(value) ? entryOf(value, 'select') : undefined;
  if (
    value.getText() !== 'true' &&
    (select === undefined || entriesOf(objectAt(value, 'the include', index)).length > 1)
  )
    throw new CannotMigrate(`include of '${name}' has conditions: use findPopulated()`);
  const named = select === undefined ? undefined : entriesOf(objectAt(select, 'the selection', index));
  const { paths, exits } = followResult({ node, method: 'find' }, index);
  const isWhole = exits.some(({ path }) => path === '' || path === name);
  const found = fields.filter((field) => {
    if (named !== undefined) return named.some(({ key, value: is }) => key === field.name && is.getText() === 'true');
    const path = `${name}.${field.name}`;
    return paths.some((one) => one === path || one.startsWith(`${path}.`)) || (isWhole && isPublic(field.stored));
  });
  const scalars = found.filter(({ kind }) => kind === 'scalar' || kind === 'enum');
  const strange = named === undefined ? undefined : found.find((one) => !scalars.includes(one));
  if (strange !== undefined || scalars.length === 0)
    throw new CannotMigrate(`include of '${name}' has more than plain fields: use findPopulated()`);
  return scalars;
}

/** The source of a record with the included records in it. */
export function withIncluded(record: string, included: readonly Included[], from: string): string {
  if (included.length === 0) return record;
  const own = record.trim().slice(1, -1).trim().replace(/,$/, '');
  return objectOf([...(own === '' ? [] : [own]), ...included.map((one) => one.record(from))]);
}
