import { bare, Node, returnedBy, stringsByType } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import type { SchemaPath } from './schema-facts.ts';

/** The default value of Mongoose as source; nothing if there is none. Throws the reason if it is computed. */
export function defaultText(path: SchemaPath): string | undefined {
  if (path.default !== undefined) return textOf(path.default, path);
  if (path.depth > 0) return '[]';
  if (path.children === undefined || path.isSubdocument) return undefined;
  const inner = path.children.flatMap((child) => {
    const text = defaultText(child);
    return text === undefined ? [] : [`${child.name}: ${text}`];
  });
  return inner.length === 0 ? undefined : `{ ${inner.join(', ')} }`;
}

function textOf(given: Node, path: SchemaPath): string | undefined {
  const node = bare(given);
  const text = node.getText();
  if (text === 'undefined') return undefined;
  if (/^Date\.now(?:\(\))?$/.test(text) || text === 'Date') return path.bson === 'date' ? 'new Date()' : 'Date.now()';
  if (text === 'new Date()') throw computed(path);
  const constant = constantText(node);
  if (constant !== undefined) return path.bson === 'string' ? changed(constant, path) : constant;
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) {
    const [returned, ...others] = returnedBy(node);
    const inner =
      returned === undefined || others.length > 0 || node.getParameters().length > 0 ? undefined : bare(returned);
    if (inner === undefined) throw computed(path);
    if (/^(?:Date\.now\(\)|new Date\(\)|new Date\(Date\.now\(\)\))$/.test(inner.getText()))
      return path.bson === 'date' ? 'new Date()' : 'Date.now()';
    const made = constantText(inner);
    if (made !== undefined) return made;
  }
  throw computed(path);
}

/** Source text that has the same meaning everywhere. */
function constantText(node: Node): string | undefined {
  const text = node.getText();
  if (/^(?:-?\d[\d_.]*|true|false|null|\[\]|\{\})$/.test(text)) return text;
  if (Node.isStringLiteral(node)) return text;
  const [word, ...others] = stringsByType(node);
  return word === undefined || others.length > 0 ? undefined : JSON.stringify(word);
}

function changed(text: string, path: SchemaPath): string {
  if (path.changes.length > 0) throw computed(path);
  return text;
}

function computed({ name }: SchemaPath): CannotMigrate {
  return new CannotMigrate(`the schema computes the default of '${name}'`);
}
