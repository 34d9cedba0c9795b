import { bare, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { kindsOf, maybeNull } from '../sources/values.ts';
import type { PrismaField } from './schema-facts.ts';

/** A value as it is stored: ids are strings in the client. */
export function valueText(value: Node, field: PrismaField): string {
  const text = bare(value).getText();
  if (field.kind === 'enum' && field.words === undefined)
    throw new CannotMigrate(`the words of '${field.name}' are stored under other names`);
  if (field.type === 'Bytes' || field.type === 'BigInt')
    throw new CannotMigrate(`'${field.name}' is of type ${field.type}, which the driver has another type for`);
  if (field.isObjectId && text !== 'null') {
    if (maybeNull(value)) throw new CannotMigrate(`'${field.name}' may be null: make its ObjectId first`);
    return kindsOf(value).has('objectId') ? text : `new ObjectId(${text})`;
  }
  if (field.type === 'DateTime' && kindsOf(value).has('string')) return `new Date(${text})`;
  if (field.kind === 'enum') return enumText(value, field) ?? text;
  return text;
}

/** `Role.ADMIN` of Prisma's client is the string itself. */
function enumText(value: Node, { type, words = [] }: PrismaField): string | undefined {
  const written = bare(value);
  if (
    !Node.isPropertyAccessExpression(written) ||
    !new RegExp(`(?:^|\\.)${type}$`).test(written.getExpression().getText())
  )
    return undefined;
  return words.includes(written.getName()) ? `'${written.getName()}'` : undefined;
}

/** The values of a list: a literal, or a list of strings that become ids. */
export function listText(value: Node, field: PrismaField): string {
  const list = bare(value);
  if (Node.isArrayLiteralExpression(list))
    return `[${list
      .getElements()
      .map((element) => valueText(element, field))
      .join(', ')}]`;
  if (field.kind === 'enum' && field.words === undefined)
    throw new CannotMigrate(`the words of '${field.name}' are stored under other names`);
  if (field.isObjectId) return `${list.getText()}.map((id) => new ObjectId(id))`;
  return list.getText();
}
