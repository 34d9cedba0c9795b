import { bare, entriesOf, Node } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';

/** The argument of `select()`, or the second argument of `find()`, as the driver's projection. */
export function projectionText(node: Node): string {
  const given = bare(node);
  const words = wordsOf(given);
  if (words !== undefined) return ofWords(words);
  if (Node.isObjectLiteralExpression(given)) {
    const plus = entriesOf(given).find(({ key }) => key?.startsWith('+') === true);
    if (plus !== undefined) throw plusError(plus.key ?? '');
    return given.getText();
  }
  throw new CannotMigrate('the selection is in a variable: name the fields here');
}

/** The hidden fields of `select('+token')`, which adds them to all others. Nothing if it names visible fields. */
export function addedBy(node: Node): readonly string[] | undefined {
  const words = wordsOf(bare(node));
  return words !== undefined && words.length > 0 && words.every((word) => word.startsWith('+'))
    ? words.map((word) => word.slice(1))
    : undefined;
}

function wordsOf(given: Node): readonly string[] | undefined {
  if (Node.isStringLiteral(given) || Node.isNoSubstitutionTemplateLiteral(given))
    return given
      .getLiteralText()
      .split(/\s+/)
      .filter((word) => word !== '');
  if (!Node.isArrayLiteralExpression(given)) return undefined;
  const words = given
    .getElements()
    .map((element) => (Node.isStringLiteral(element) ? element.getLiteralValue() : undefined));
  return words.every((word) => word !== undefined) ? words : undefined;
}

function ofWords(words: readonly string[]): string {
  const plus = words.find((word) => word.startsWith('+'));
  if (plus !== undefined && words.some((word) => word.startsWith('-'))) throw plusError(plus);
  const named = words.map((word) => word.replace(/^\+/, ''));
  return `{ ${named.map((word) => (word.startsWith('-') ? `${keyOf(word.slice(1))}: 0` : `${keyOf(word)}: 1`)).join(', ')} }`;
}

function plusError(word: string): CannotMigrate {
  return new CannotMigrate(
    `select() adds the hidden field '${word.slice(1)}' to a selection: name all fields that are needed`,
  );
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  asc: '1',
  ascending: '1',
  '1': '1',
  desc: '-1',
  descending: '-1',
  '-1': '-1',
};

/** The argument of `sort()` as the driver's object. */
export function sortText(node: Node): string {
  const given = bare(node);
  if (Node.isStringLiteral(given)) {
    const words = given
      .getLiteralValue()
      .split(/\s+/)
      .filter((word) => word !== '');
    return `{ ${words.map((word) => (word.startsWith('-') ? `${keyOf(word.slice(1))}: -1` : `${keyOf(word.replace(/^\+/, ''))}: 1`)).join(', ')} }`;
  }
  if (!Node.isObjectLiteralExpression(given)) throw new CannotMigrate('the order is in a variable: write it here');
  const entries = entriesOf(given).map(({ key, value }) => {
    const direction = DIRECTIONS[bare(value).getText().replaceAll(/['"]/g, '')];
    if (key === undefined || direction === undefined) throw new CannotMigrate('the order is computed: write it here');
    return `${keyOf(key)}: ${direction}`;
  });
  return `{ ${entries.join(', ')} }`;
}
