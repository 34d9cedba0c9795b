import { bare, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { callable, kindsOf } from '../sources/values.ts';
import type { SchemaPath } from './schema-facts.ts';

const CHANGES: Readonly<Record<string, string>> = {
  trim: 'trim',
  lowercase: 'toLowerCase',
  uppercase: 'toUpperCase',
};

/** The value that Mongoose would store or search for; nothing if it is the same. Throws the reason if it is not known. */
export function castValue(value: Node, path: SchemaPath, isStored: boolean): string | undefined {
  const node = bare(value);
  if (node.getText() === 'null' || node.getText() === 'undefined' || Node.isRegularExpressionLiteral(node))
    return undefined;
  if (path.functions.includes('set')) throw new CannotMigrate(`its schema has a setter at '${path.name}'`);
  const kinds = kindsOf(value);
  const text = node.getText();
  if (path.bson === 'objectId') return castId(kinds, text, path, isStored);
  if (path.bson === 'string') return castText(node, kinds, text, path);
  if (path.bson === 'date' && (kinds.has('string') || kinds.has('number'))) return `new Date(${text})`;
  if (path.bson === 'double' && kinds.has('string'))
    throw new CannotMigrate(`Mongoose converts the value of '${path.name}' to a number: pass a number`);
  return undefined;
}

type Kinds = ReturnType<typeof kindsOf>;

function castId(kinds: Kinds, text: string, path: SchemaPath, isStored: boolean): string | undefined {
  if (kinds.has('any') && isStored)
    throw new CannotMigrate(`Mongoose converts the value of '${path.name}' to an ObjectId, and its type is not known`);
  return kinds.has('string') || kinds.has('any') ? `new ObjectId(${text})` : undefined;
}

function castText(node: Node, kinds: Kinds, text: string, path: SchemaPath): string | undefined {
  if (path.changes.length === 0) return undefined;
  if (Node.isStringLiteral(node)) {
    const now = path.changes.reduce((word, change) => applied(word, change), node.getLiteralValue());
    return now === node.getLiteralValue() ? undefined : JSON.stringify(now);
  }
  if (kinds.size !== 1 || !kinds.has('string'))
    throw new CannotMigrate(
      `the schema changes '${path.name}' (${path.changes.join(', ')}), and the type of the value is not a string`,
    );
  const calls = path.changes.map((change) => `.${CHANGES[change] ?? change}()`).filter((call) => !text.includes(call));
  return calls.length === 0 ? undefined : `${callable(text, node)}${calls.join('')}`;
}

function applied(word: string, change: string): string {
  if (change === 'trim') return word.trim();
  return change === 'lowercase' ? word.toLowerCase() : word.toUpperCase();
}
