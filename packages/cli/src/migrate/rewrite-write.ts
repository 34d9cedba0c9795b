import { addedTo, bare, entriesOf, fieldsOfType, Node, objectsBehind, wayOf } from '../project/index.ts';
import type { NameIndex, ObjectEntry } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { sourceOf } from './comments.ts';
import { insertAt, textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import { fieldsElsewhere } from './fields-elsewhere.ts';
import { inputInWrite } from './input-in.ts';
import { isWritableWhole, takenApart } from './taken-apart.ts';
import type { TakenApart } from './taken-apart.ts';
import { leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

/** A write split into the caller's part and the part that only the program may write. */
export interface SplitWrite {
  readonly own: string;
  readonly trusted: string | undefined;
  readonly usesOp: boolean;
  /** Whether every written path is filterable: only then a result has `modifiedCount`. */
  readonly tellsModified: boolean;
  /** A statement before the call's. */
  readonly more?: readonly Edit[];
}

const OPERATORS = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
  '$pop',
  '$currentDate',
  '$setOnInsert',
]);
const POSITION = /\.(?:\$(?:\[\w*\])?|\d+)(?=\.|$)/g;

/** Splits a new document: writable fields stay, the others go into `trusted`. */
export function splitDocument(node: Node | undefined, view: ViewFacts, index: NameIndex): SplitWrite {
  const document = node === undefined ? undefined : bare(node);
  if (document === undefined) throw new CannotMigrate('it stores nothing');
  const hasWritable = Object.keys(view.writes).length > 0;
  if (!Node.isObjectLiteralExpression(document)) {
    refuseInputIn(document, view, index);
    if (hasWritable) return { ...takenApart(document, view), usesOp: false, tellsModified: true };
    return { own: '{}', trusted: document.getText(), usesOp: false, tellsModified: true };
  }
  const entries = entriesOf(document);
  const spreads = entries.filter(({ key }) => key === undefined);
  for (const { value } of spreads) refuseInputIn(value, view, index);
  if (spreads.length > 0 && hasWritable) {
    for (const { key, value } of entries) if (key !== undefined) refuseInput(value, view, index, key);
    if (entries.some(({ key }) => key !== undefined && isWritable(key, view)))
      throw new CannotMigrate('it spreads a variable next to writable fields: say which fields the caller writes');
    return { ...takenApart(document, view), usesOp: false, tellsModified: true };
  }
  const { own, apart } = split(entries, view, index);
  if (apart.length === 0) return { own: document.getText(), trusted: undefined, usesOp: false, tellsModified: true };
  if (own.length === 0) return { own: '{}', trusted: document.getText(), usesOp: false, tellsModified: true };
  return { own: listed(own, []), trusted: listed(apart, []), usesOp: false, tellsModified: true };
}

/** Splits an update: each operator is split by its paths. */
export function splitUpdate(node: Node | undefined, view: ViewFacts, index: NameIndex): SplitWrite {
  const update = node === undefined ? undefined : literalBehind(node, index);
  if (update === undefined) throw new CannotMigrate('the update is in a variable: write it here');
  if (Node.isArrayLiteralExpression(update))
    throw new CannotMigrate('the update is a pipeline, which can copy a private field into a public one');
  if (!Node.isObjectLiteralExpression(update)) throw new CannotMigrate('the update is in a variable: write it here');
  const own: string[] = [];
  const apart: string[] = [];
  const more: Edit[] = [];
  let usesOp = false;
  let tellsModified = true;
  for (const { key, value } of entriesOf(update)) {
    if (key === undefined) throw new CannotMigrate('the update spreads a variable: name its operators');
    if (!key.startsWith('$')) throw new CannotMigrate('the update replaces the whole document: use $set');
    if (!OPERATORS.has(key)) throw new CannotMigrate(`'${key}' is not an operator of the library`);
    const fields = bare(value);
    if (!Node.isObjectLiteralExpression(fields)) {
      const narrowed = fieldsElsewhere(fields, view, index);
      if (narrowed !== undefined) {
        own.push(`${key}: ${fields.getText()}`);
        more.push(...narrowed.edits);
        tellsModified &&= narrowed.paths.every((path) => leafAt(view.filters, path) !== undefined);
        continue;
      }
      refuseInputIn(fields, view, index);
      if (Object.keys(view.writes).length > 0) {
        const { own: writable, trusted, more: statements } = fieldsTakenApart(key, fields, view);
        if (writable !== '{}') own.push(`${key}: ${writable}`);
        apart.push(`${key}: ${trusted}`);
        more.push(...statements);
        tellsModified = false;
        continue;
      }
      apart.push(`${key}: ${fields.getText()}`);
      tellsModified &&=
        objectsBehind(fields, index).length > 0 &&
        objectsBehind(fields, index).every((object) => entriesOf(object).every((entry) => isFilterable(entry, view)));
      continue;
    }
    const entries = entriesOf(fields);
    const edits = entries.flatMap((entry) => modifierEdits(key, entry));
    usesOp ||= edits.length > 0;
    tellsModified &&= entries.every((entry) => isFilterable(entry, view));
    const parts = split(entries, view, index);
    if (parts.own.length > 0)
      own.push(`${key}: ${parts.apart.length === 0 ? textWith(fields, edits) : listed(parts.own, edits)}`);
    if (parts.apart.length > 0)
      apart.push(`${key}: ${parts.own.length === 0 ? textWith(fields, edits) : listed(parts.apart, edits)}`);
  }
  if (apart.length === 0) return { own: text(own), trusted: undefined, usesOp, tellsModified, more };
  return { own: own.length === 0 ? '{}' : text(own), trusted: text(apart), usesOp, tellsModified, more };
}

/** The fields of a `$set` in a variable are taken apart as a document is. Another operator may change a field in any way. */
function fieldsTakenApart(operator: string, fields: Node, view: ViewFacts): TakenApart {
  if (operator === '$set' || operator === '$setOnInsert') return takenApart(fields, view);
  throw new CannotMigrate(`the fields of '${operator}' are in a variable: say which of them the caller writes`);
}

/** The literal, or the literal of a constant that is used only here. */
function literalBehind(node: Node, index: NameIndex): Node {
  const written = bare(node);
  if (!Node.isIdentifier(written)) return written;
  const [object, ...others] = objectsBehind(written, index);
  const declared = object?.getFirstAncestor(Node.isVariableDeclaration);
  return object !== undefined && others.length === 0 && declared?.getName() === written.getText() ? object : written;
}

const text = (operators: readonly string[]): string => `{ ${operators.join(', ')} }`;

function split(entries: readonly ObjectEntry[], view: ViewFacts, index: NameIndex) {
  const hasWritable = Object.keys(view.writes).length > 0;
  const own = entries.filter(({ key }) => key !== undefined && isWritable(key, view));
  const apart = entries.filter((entry) => !own.includes(entry));
  for (const { key, value, node } of apart) {
    if (key === undefined && hasWritable && !Node.isSpreadAssignment(node))
      throw new CannotMigrate(
        'the name of a field is computed here: write its name, or say that the program writes it',
      );
    if (key === undefined && hasWritable)
      throw new CannotMigrate('it spreads a variable: say which of its fields the caller writes');
    if (key === undefined) refuseInputIn(value, view, index);
    else refuseInput(value, view, index, key);
  }
  return { own, apart };
}

/** Refuses request input in `trusted()`, which is only for the program's values. */
function refuseInput(node: Node, view: ViewFacts, index: NameIndex, key?: string): void {
  if (inputInWrite(node, index).length === 0) return;
  throw new CannotMigrate(
    `request input is stored ${key === undefined ? 'whole' : `at '${key}'`}: make its fields writable in ${view.name}`,
  );
}

/** The same for values that are put into an object elsewhere: in its literal, and later. */
function refuseInputIn(node: Node, view: ViewFacts, index: NameIndex): void {
  refuseInput(node, view, index);
  const { objects, holders } = wayOf(node, index);
  const added = holders.flatMap((holder) => (Node.hasName(holder) ? addedTo(nameOf(holder)) : []));
  for (const { key, value } of [...objects.flatMap((object) => entriesOf(object)), ...added]) {
    if (key === undefined || !isWritableField(key, value, view)) refuseInput(value, view, index, key);
  }
}

function isWritableField(key: string, value: Node, view: ViewFacts): boolean {
  if (isWritable(key, view)) return true;
  const fields = fieldsOfType(value.getType(), value).map((field) => ({ ...field, path: `${key}.${field.path}` }));
  return isWritableWhole(key, fields, view);
}

function nameOf(holder: Node): Node {
  return Node.isVariableDeclaration(holder) || Node.isParameterDeclaration(holder) ? holder.getNameNode() : holder;
}

function isWritable(key: string, view: ViewFacts): boolean {
  const path = key.replaceAll(POSITION, '');
  return leafAt(view.writes, path) !== undefined;
}

function isFilterable({ key }: ObjectEntry, view: ViewFacts): boolean {
  return key !== undefined && leafAt(view.filters, key.replaceAll(POSITION, '')) !== undefined;
}

/** Adds `op()` around the modifiers of `$push: { tags: { $each: […] } }` and `$pull: { tags: { $in: […] } }`. */
function modifierEdits(operator: string, { value }: ObjectEntry): readonly Edit[] {
  const written = bare(value);
  if (!['$push', '$addToSet', '$pull'].includes(operator) || !Node.isObjectLiteralExpression(written)) return [];
  if (!entriesOf(written).some(({ key }) => key?.startsWith('$') === true)) return [];
  return [insertAt(written, written.getStart(), 'op('), insertAt(written, written.getEnd(), ')')];
}

function listed(entries: readonly ObjectEntry[], edits: readonly Edit[]): string {
  return `{ ${entries.map(({ node }) => sourceOf(node, edits)).join(', ')} }`;
}
