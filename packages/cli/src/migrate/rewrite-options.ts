import { bare, entriesOf, Node } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { keyOf } from '../init/write-interface.ts';

/** The source of the entries of an options argument, by name. */
export function optionsOf(node: Node | undefined): Map<string, string> {
  const options = node === undefined ? undefined : bare(node);
  if (options === undefined || options.getText() === 'undefined') return new Map();
  if (!Node.isObjectLiteralExpression(options))
    throw new CannotMigrate('the options are in a variable: write them here');
  const entries = entriesOf(options);
  if (
    entries.length !== options.getProperties().length ||
    entries.some((entry) => entry.key === undefined && !isPlainSpread(entry.value))
  )
    throw new CannotMigrate('the options spread a variable: write them here');
  return new Map(entries.map(({ key, node: entry }, at) => [key ?? `...${at}`, entry.getText()]));
}

/** Whether a spread contains only literals and no projection: `...(session === undefined ? {} : { session })`. */
export function isPlainSpread(node: Node): boolean {
  const value = bare(node);
  if (Node.isConditionalExpression(value))
    return isPlainSpread(value.getWhenTrue()) && isPlainSpread(value.getWhenFalse());
  if (Node.isBinaryExpression(value) && value.getOperatorToken().getText() === '&&')
    return isPlainSpread(value.getRight());
  return (
    Node.isObjectLiteralExpression(value) &&
    entriesOf(value).every(({ key }) => key !== undefined && !['projection', 'fields', 'arrayFilters'].includes(key))
  );
}

export function optionsText(options: ReadonlyMap<string, string>): string {
  return `{ ${[...options.values()].join(', ')} }`;
}

/** The option `trusted` with these parts; `undefined` if there are none. */
export function trustedOption(parts: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = Object.entries(parts).flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${text}`]));
  return given.length === 0 ? undefined : `trusted: trusted({ ${given.join(', ')} })`;
}

/** The text of an inclusion projection. */
export function projectionText(paths: readonly string[]): string {
  return `projection: { ${paths.map((path) => `${keyOf(path)}: 1`).join(', ')} }`;
}
