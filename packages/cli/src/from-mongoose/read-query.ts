import { bare, entriesOf, Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { addedBy, projectionText, sortText } from './fields-argument.ts';
import type { QueryPart } from './query-chain.ts';

/** The options of a query besides its filter, in the driver's terms. */
export interface QueryParts {
  readonly projection: string | undefined;
  /** The hidden fields that are read besides all others: `select('+token')`. */
  readonly added: readonly string[];
  readonly sort: string | undefined;
  readonly skip: string | undefined;
  readonly limit: string | undefined;
  /** The source of other options. */
  readonly others: readonly string[];
  readonly isLean: boolean;
  readonly isCursor: boolean;
  /** The calls for the cursor, in order, with the whitespace before them. */
  readonly chained: readonly { readonly text: string; readonly space: string }[];
}

const REASONS: Readonly<Record<string, string>> = {
  populate: 'populate() of what this method returns: read the other collection by itself, or use findPopulated()',
  session: 'the session is Mongoose’s: the driver’s client has its own sessions',
  orFail: 'orFail() throws an error of Mongoose',
  where: 'the query is built step by step: write its filter in find()',
  or: 'the query is built step by step: write its filter in find()',
  and: 'the query is built step by step: write its filter in find()',
  distinct: 'call distinct() of the model',
  setOptions: 'setOptions() has options of Mongoose',
};
const PASSING = new Set(['batchSize', 'maxTimeMS', 'collation', 'allowDiskUse', 'comment']);

/** Reads the chain of a query, and its options argument. `also` are methods that the caller handles. */
export function readQuery(
  parts: readonly QueryPart[],
  fields: Node | undefined,
  options: Node | undefined,
  also: readonly string[] = [],
): QueryParts {
  const known = optionEntries(options);
  const of = (name: string) => known.get(name);
  const selects = parts.filter(({ method }) => method === 'select');
  const written = [fields, ...selects.map(({ arguments: [given] }) => given), of('projection'), of('select')].filter(
    (node) => node !== undefined && !['null', 'undefined', '{}', "''"].includes(node.getText()),
  );
  const [projected, ...more] = written;
  if (more.length > 0) throw new CannotMigrate('the fields are selected in several places: name them once');
  for (const { method } of parts) {
    if (['select', 'sort', 'skip', 'limit', 'lean', 'exec', 'cursor', ...also].includes(method) || PASSING.has(method))
      continue;
    throw new CannotMigrate(REASONS[method] ?? `${method}() of a query has no counterpart`);
  }
  const sort = of('sort');
  const added = projected === undefined ? undefined : addedBy(projected);
  return {
    projection: projected === undefined || added !== undefined ? undefined : projectionText(projected),
    added: added ?? [],
    sort: sort === undefined ? undefined : sortText(sort),
    skip: of('skip')?.getText(),
    limit: of('limit')?.getText(),
    others: [...known].flatMap(([name, value]) => (PASSING.has(name) ? [`${name}: ${value.getText()}`] : [])),
    isLean: parts.some(({ method }) => method === 'lean') || of('lean')?.getText() === 'true',
    isCursor: parts.some(({ method }) => method === 'cursor'),
    chained: parts.flatMap(({ method, arguments: given, space }) => chainedPart(method, given, space)),
  };
}

function chainedPart(method: string, given: readonly Node[], space: string): QueryParts['chained'] {
  if (method === 'lean' && given.length > 0 && !/^(?:true|\{\})$/.test(given[0]?.getText() ?? ''))
    throw new CannotMigrate('lean() has options of Mongoose');
  if (['select', 'lean', 'exec', 'cursor', 'populate'].includes(method)) return [];
  const [first] = given;
  if (first === undefined) throw new CannotMigrate(`${method}() has no argument`);
  return [
    {
      text: `.${method}(${method === 'sort' ? sortText(first) : given.map((one) => one.getText()).join(', ')})`,
      space,
    },
  ];
}

const KNOWN = new Set(['sort', 'skip', 'limit', 'projection', 'select', 'lean', ...PASSING]);
/** Options of Mongoose that have no effect here. */
const DEFAULTS = new Map([
  ['strict', 'true'],
  ['strictQuery', 'false'],
  ['timestamps', 'true'],
  ['setDefaultsOnInsert', 'true'],
  ['useFindAndModify', 'false'],
  ['runValidators', 'false'],
  ['context', "'query'"],
]);

/** The entries of an options argument, by name: those that every query has, and those of `allowed`. */
export function optionEntries(node: Node | undefined, allowed: readonly string[] = []): ReadonlyMap<string, Node> {
  const options = node === undefined ? undefined : bare(node);
  if (options === undefined || /^(?:null|undefined)$/.test(options.getText())) return new Map();
  if (!Node.isObjectLiteralExpression(options))
    throw new CannotMigrate('the options are in a variable: write them here');
  const entries = new Map<string, Node>();
  for (const { key, value } of entriesOf(options)) {
    if (key === undefined) throw new CannotMigrate('the options spread a variable: write them here');
    if (key === 'session') throw new CannotMigrate(REASONS['session'] ?? '');
    if (key === 'populate') throw new CannotMigrate(REASONS['populate'] ?? '');
    if (DEFAULTS.get(key) === value.getText()) continue;
    if (!KNOWN.has(key) && !allowed.includes(key)) throw new CannotMigrate(`the option '${key}' has no counterpart`);
    entries.set(key, value);
  }
  return entries;
}
