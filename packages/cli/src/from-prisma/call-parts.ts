import { bare, entriesOf, Node } from '../project/index.ts';
import type { CallExpression, NameIndex } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { keyOf } from '../init/write-interface.ts';
import { isSimple, maybeUndefined } from '../sources/values.ts';
import { objectOf } from '../sources/write-object.ts';
import { readSelection } from './read-selection.ts';
import { includedBy, withIncluded } from './included.ts';
import { isPlain, recordText } from './record-text.ts';
import { fieldNamed } from './schema-facts.ts';
import type { PrismaField, PrismaModel } from './schema-facts.ts';

export interface PrismaCall {
  readonly node: CallExpression;
  readonly method: string;
  readonly model: PrismaModel;
  readonly index: NameIndex;
  /** Whether a stored path may go on where a record goes on whole. */
  readonly isPublic: (path: string) => boolean;
  /** The other models, and what may go on of them. */
  readonly related: (name: string) => Pick<PrismaCall, 'model' | 'isPublic'> | undefined;
}

export type Given = ReadonlyMap<string, Node>;

export interface Answer {
  readonly projection: string | undefined;
  /** Makes the record of a document with this name; nothing if they are the same. */
  readonly record: ((name: string) => string) | undefined;
  /** The option `populate`, if other models are included. */
  readonly populate: string | undefined;
  readonly mark: string | undefined;
}

export function answer(call: PrismaCall, given: Given): Answer {
  const { node, method, model, index, isPublic } = call;
  const included = includedBy(given.get('include'), call);
  const { fields, isWhole, isNamed } = readSelection(
    { node, method },
    given,
    model.fields,
    (field) => isShown(field, isPublic, ''),
    index,
    new Set(included.map(({ name }) => name)),
  );
  const mark = isWhole
    ? `the whole record goes on from here, so all that is public is asked for: name what is needed`
    : undefined;
  if (fields.length === 0 && included.length === 0)
    return { projection: undefined, record: undefined, populate: undefined, mark: undefined };
  if (fields.every(isPlain) && included.length === 0)
    return {
      projection: objectOf([...fields.map(({ stored }) => `${keyOf(stored)}: 1`), '_id: 0']),
      record: undefined,
      populate: undefined,
      mark,
    };
  const own = (name: string) => recordText(fields, name, ({ stored, named }) => isPublic(stored) || isNamed(named));
  return {
    projection: undefined,
    record: (name) => withIncluded(own(name), included, name),
    populate: included.length === 0 ? undefined : `populate: ${objectOf(included.map(({ populate }) => populate))}`,
    mark,
  };
}

/** A composite is shown if one of its fields is. */
function isShown(field: PrismaField, isPublic: (path: string) => boolean, prefix: string): boolean {
  const path = `${prefix}${field.stored}`;
  return field.kind === 'composite'
    ? field.children.some((child) => isShown(child, isPublic, `${path}.`))
    : isPublic(path);
}

export function options(entries: readonly (string | undefined)[]): readonly string[] {
  const given = entries.filter((entry) => entry !== undefined);
  return given.length === 0 ? [] : [objectOf(given)];
}

/** The option of a number: what is undefined is not there. */
export function numberOption(name: string, node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const text = bare(node).getText();
  if (/^-|^0$/.test(text) && name === 'limit')
    throw new CannotMigrate(`take: ${text} means something else in the driver`);
  if (!maybeUndefined(node)) return text === name ? name : `${name}: ${text}`;
  if (!isSimple(bare(node))) throw new CannotMigrate(`'${name}' may be undefined`);
  return `...(${text} === undefined ? {} : { ${text === name ? name : `${name}: ${text}`} })`;
}

export function sortText(node: Node | undefined, model: PrismaModel): string | undefined {
  if (node === undefined) return undefined;
  const written = bare(node);
  const parts = Node.isArrayLiteralExpression(written)
    ? written.getElements().map((element) => bare(element))
    : [written];
  const entries = parts.flatMap((part) => {
    if (!Node.isObjectLiteralExpression(part)) throw new CannotMigrate('the order comes in a variable: write it here');
    return entriesOf(part).map(({ key, value }) => {
      const field = key === undefined ? undefined : fieldNamed(model.fields, key);
      if (field === undefined || field.kind === 'relation' || field.kind === 'composite')
        throw new CannotMigrate(`the order is by '${key ?? '...'}', which is no field of the model`);
      return `${keyOf(field.stored)}: ${directionText(value)}`;
    });
  });
  return `sort: ${objectOf(entries)}`;
}

function directionText(value: Node): string {
  const text = bare(value)
    .getText()
    .replaceAll(/['"]|Prisma\.SortOrder\./g, '');
  if (text === 'asc') return '1';
  if (text === 'desc') return '-1';
  if (Node.isObjectLiteralExpression(bare(value)) || maybeUndefined(value))
    throw new CannotMigrate('the order has more than a direction');
  return `${bare(value).getText()} === 'asc' ? 1 : -1`;
}

/** What is done with one document that may be missing. */
export function oneOf(text: string, { record }: Answer, isThere: boolean): string {
  if (record === undefined) return isThere ? `${text}.then((found) => found ?? missing())` : text;
  return isThere
    ? `${text}.then((found) => (found === null ? missing() : ${record('found')}))`
    : `${text}.then((found) => found && ${record('found')})`;
}

export function projection({ projection: text }: Answer): string | undefined {
  return text === undefined ? undefined : `projection: ${text}`;
}
