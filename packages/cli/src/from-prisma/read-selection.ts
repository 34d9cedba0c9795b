import { bare, entriesOf, followResult } from '../project/index.ts';
import type { CallExpression, NameIndex, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { objectAt } from './read-arguments.ts';
import { fieldNamed } from './schema-facts.ts';
import type { PrismaField } from './schema-facts.ts';

/** The fields that a call returns after it is migrated. */
export interface Selection {
  readonly fields: readonly PrismaField[];
  /** Whether all public fields are projected, because the whole record is passed on. */
  readonly isWhole: boolean;
  /** Whether a path, in the client's names, is selected by name. */
  readonly isNamed: (path: string) => boolean;
}

/** The fields that are selected, or those that the code reads. `isPublic` says which fields of a whole record may be passed on. */
export function readSelection(
  call: { readonly node: CallExpression; readonly method: string },
  given: ReadonlyMap<string, Node>,
  fields: readonly PrismaField[],
  isPublic: (field: PrismaField) => boolean,
  index: NameIndex,
  included: ReadonlySet<string> = new Set(),
): Selection {
  const select = given.get('select');
  if (select !== undefined) return { fields: selected(select, fields, index), isWhole: false, isNamed: () => true };
  const omitted = omittedBy(given.get('omit'), index);
  const { paths, exits } = followResult({ node: call.node, method: 'find' }, index);
  const scalars = fields.filter(({ kind, name }) => kind !== 'relation' && !omitted.has(name));
  const isWhole = exits.some(({ path }) => path === '');
  const read = scalars.filter((field) =>
    paths.some((path) => path === field.name || path.startsWith(`${field.name}.`)),
  );
  const relation = fields.find(
    (field) =>
      field.kind === 'relation' &&
      !included.has(field.name) &&
      paths.some((path) => path === field.name || path.startsWith(`${field.name}.`)),
  );
  if (relation !== undefined) throw new CannotMigrate(`the code reads the relation '${relation.name}'`);
  const isNamed = (path: string) =>
    paths.some((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`));
  if (!isWhole) return { fields: checked(read), isWhole, isNamed };
  return { isWhole, isNamed, fields: checked(scalars.filter((field) => read.includes(field) || isPublic(field))) };
}

function selected(node: Node, fields: readonly PrismaField[], index: NameIndex): readonly PrismaField[] {
  const named = entriesOf(objectAt(node, 'the selection', index)).flatMap(({ key, value }) => {
    if (key === undefined) throw new CannotMigrate('the selection spreads a variable: name its fields here');
    const field = fieldNamed(fields, key);
    const text = bare(value).getText();
    if (text === 'false') return [];
    if (field === undefined || field.kind === 'relation')
      throw new CannotMigrate(
        `'${key}' is selected, which is not a field of the model: read the other model by itself, or join it with $lookup`,
      );
    if (text !== 'true') throw new CannotMigrate(`the selection of '${key}' is computed`);
    return [field];
  });
  return checked(named);
}

function omittedBy(node: Node | undefined, index: NameIndex): ReadonlySet<string> {
  if (node === undefined) return new Set();
  return new Set(
    entriesOf(objectAt(node, 'what is omitted', index)).flatMap(({ key, value }) =>
      key === undefined || value.getText() !== 'true' ? [] : [key],
    ),
  );
}

function checked(fields: readonly PrismaField[]): readonly PrismaField[] {
  const strange = fields.find(
    ({ type, kind, words }) => type === 'Bytes' || type === 'BigInt' || (kind === 'enum' && words === undefined),
  );
  if (strange === undefined) return fields;
  throw new CannotMigrate(
    strange.kind === 'enum'
      ? `the values of '${strange.name}' are stored with other names`
      : `'${strange.name}' is of type ${strange.type}, which the driver has another type for`,
  );
}
