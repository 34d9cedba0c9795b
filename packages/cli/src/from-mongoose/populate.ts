import { bare, entriesOf, followResult, Node, stringsByType } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { objectOf } from '../sources/write-object.ts';
import { projectionText } from './fields-argument.ts';
import { pathAt } from './schema-facts.ts';
import type { MongooseCall } from './translate-call.ts';

/** One `populate('author', 'name')`. */
interface Populated {
  readonly path: string;
  readonly select: Node | undefined;
}

/** The `populate` of `findPopulated()`, for the calls of `populate()` on a query; nothing if there are none. */
export function populateText(call: MongooseCall, index: NameIndex): string | undefined {
  const populated = call.chain.parts
    .filter(({ method }) => method === 'populate')
    .flatMap(({ arguments: given }) => populatedBy(given));
  if (populated.length === 0) return undefined;
  return objectOf(populated.map((one) => `${keyOf(one.path)}: ${joinText(one, call, index)}`));
}

function joinText(
  { path, select }: Populated,
  { chain, method, model, models }: MongooseCall,
  index: NameIndex,
): string {
  const reference = pathAt(model.schema.paths, path);
  if (reference?.ref === undefined)
    throw new CannotMigrate(`populate('${path}') has no model in the schema: it may be a virtual`);
  const other = models.named(reference.ref);
  if (other === undefined) throw new CannotMigrate(`the model '${reference.ref}' of populate('${path}') is not known`);
  if (other.schema.refusal !== undefined) throw new CannotMigrate(other.schema.refusal);
  const { paths, exits } = followResult({ node: chain.end, method }, index);
  const read = [...new Set(paths.flatMap((one) => (one.startsWith(`${path}.`) ? [one.slice(path.length + 1)] : [])))];
  if (select === undefined && (read.length === 0 || exits.some((one) => one.path === '' || one.path === path)))
    throw new CannotMigrate(
      `the document of populate('${path}') is passed on as a whole: name its fields in populate()`,
    );
  const isArray = reference.depth > 0;
  return objectOf([
    `from: ${textOf(other.collection)}`,
    `localField: ${textOf(path)}`,
    "foreignField: '_id'",
    `projection: ${select === undefined ? objectOf(read.map((one) => `${keyOf(one)}: 1`)) : selection(select, read.includes('_id'))}`,
    ...(isArray ? [] : ['justOne: true']),
  ]);
}

/** The selected fields. `_id`, which Mongoose adds, only if the code reads it. */
function selection(select: Node, needsId: boolean): string {
  const [words, ...others] = stringsByType(bare(select));
  if (words === undefined || others.length > 0) return projectionText(select);
  const named = words.split(/\s+/).filter((word) => word !== '' && word !== '-_id');
  if (named.some((word) => /^[-+]/.test(word)))
    throw new CannotMigrate('populate() leaves fields out: name those that are needed');
  return objectOf([...new Set([...named, ...(needsId ? ['_id'] : [])])].map((word) => `${keyOf(word)}: 1`));
}

const textOf = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;

function populatedBy([first, select, ...more]: readonly Node[]): readonly Populated[] {
  const given = first === undefined ? undefined : bare(first);
  if (Node.isArrayLiteralExpression(given)) return given.getElements().flatMap((one) => populatedBy([one]));
  if (Node.isObjectLiteralExpression(given)) {
    const entries = new Map(entriesOf(given).map(({ key, value }) => [key, value]));
    const other = [...entries.keys()].find((key) => key !== 'path' && key !== 'select');
    if (entries.has(undefined) || other !== undefined)
      throw new CannotMigrate(`populate() has the option '${other ?? '...'}': write it with findPopulated()`);
    return pathsOf(entries.get('path'), entries.get('select'));
  }
  if (more.length > 0) throw new CannotMigrate('populate() has a model or conditions: write it with findPopulated()');
  return pathsOf(given, select);
}

function pathsOf(node: Node | undefined, select: Node | undefined): readonly Populated[] {
  const [words, ...others] = node === undefined ? [] : stringsByType(bare(node));
  if (words === undefined || others.length > 0) throw new CannotMigrate('the path of populate() is computed');
  return words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((path) => ({ path, select }));
}
