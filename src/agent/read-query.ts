import { DATE_UNITS, MEASURES, TOOL_LIMITS, type Measure } from '../grammar/agent-operators.ts';
import type { InputCopy, InputObject } from '../input/copy-input.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { readFilter } from './read-condition.ts';
import { at, listed, readInput, readList, readParts, readWhole, readWord, written } from './read-input.ts';
import { refuseInput } from './tool-fault.ts';
import type { ToolField, ToolFields } from './tool-fields.ts';

/** What a `find` of a model asks for. */
export interface FindQuery {
  readonly filter: object;
  readonly projection: readonly string[];
  readonly sort: Readonly<Record<string, 1 | -1>> | undefined;
  readonly limit: number;
  readonly skip: number;
}

/** What a `paginate` of a model asks for. */
export interface PageQuery extends Omit<FindQuery, 'skip'> {
  /** Where the page begins or ends: at most one of the two. */
  readonly cursor: { readonly after?: string; readonly before?: string };
}

/** What an `aggregate` of a model asks for. The names of the model are kept apart; the server gets numbered ones. */
export interface AggregateQuery {
  readonly filter: object;
  readonly keys: readonly { readonly path: string; readonly unit: string | undefined }[];
  readonly measures: readonly { readonly name: string; readonly measure: Measure; readonly path: string | undefined }[];
  /** Numbered names, such as `m0` and `_id.g1`. */
  readonly sort: Readonly<Record<string, 1 | -1>>;
  readonly limit: number;
}

const FIND_PARTS = ['projection', 'filter', 'sort', 'limit', 'skip'];
const PAGE_PARTS = ['projection', 'filter', 'sort', 'limit', 'after', 'before'];
const AGGREGATE_PARTS = ['filter', 'group', 'measures', 'sort', 'limit'];
const MEASURE_NAMES = Object.keys(MEASURES) as readonly Measure[];
const NAME = /^[a-z]\w{0,39}$/i;

export function readFindQuery(input: unknown, fields: ToolFields, maxRows: number, paths: string[]): FindQuery {
  const parts = readParts(readInput(input), '', FIND_PARTS, ['projection']);
  return {
    ...readDocumentParts(parts, fields, fields.sortable, maxRows, paths),
    skip: parts['skip'] === undefined ? 0 : readWhole(parts['skip'], 'skip', 0, TOOL_LIMITS.skip),
  };
}

export function readPageQuery(input: unknown, fields: ToolFields, maxRows: number, paths: string[]): PageQuery {
  const parts = readParts(readInput(input), '', PAGE_PARTS, ['projection']);
  return { ...readDocumentParts(parts, fields, fields.pageable, maxRows, paths), cursor: readCursor(parts) };
}

/** The parts of every question for documents. */
function readDocumentParts(
  parts: InputObject,
  fields: ToolFields,
  sortable: ReadonlyMap<string, ToolField>,
  maxRows: number,
  paths: string[],
): Omit<FindQuery, 'skip'> {
  return {
    filter: readFilter(parts['filter'], fields, paths),
    projection: readProjected(parts['projection'], fields),
    sort: readFieldSort(parts['sort'], sortable),
    limit: readLimit(parts['limit'], maxRows),
  };
}

export function readCountQuery(input: unknown, fields: ToolFields, paths: string[]): object {
  return readFilter(readParts(readInput(input), '', ['filter'])['filter'], fields, paths);
}

export function readAggregateQuery(
  input: unknown,
  fields: ToolFields,
  maxRows: number,
  paths: string[],
): AggregateQuery {
  const parts = readParts(readInput(input), '', AGGREGATE_PARTS, ['measures']);
  const filter = readFilter(parts['filter'], fields, paths);
  const keys = parts['group'] === undefined ? [] : readKeys(parts['group'], fields);
  const measures = readMeasures(parts['measures'], fields);
  const numbered = new Map([
    ...keys.map(({ path }, index) => [path, `_id.g${index}`] as const),
    // The name of a measure comes before a field of the same name.
    ...measures.map(({ name }, index) => [name, `m${index}`] as const),
  ]);
  const sort =
    parts['sort'] === undefined ? {} : readSort(parts['sort'], (name) => numbered.get(name), [...numbered.keys()]);
  return { filter, keys, measures, sort, limit: readLimit(parts['limit'], maxRows) };
}

function readLimit(value: InputCopy, maxRows: number): number {
  return value === undefined ? maxRows : readWhole(value, 'limit', 1, maxRows);
}

function readProjected(value: InputCopy, { shown }: ToolFields): readonly string[] {
  const list = readList(value, 'projection', 1, shown.size);
  const paths = list.map((each, index) => fieldAt(each, at('projection', index), shown, 'projection_path').path);
  return once(paths, 'projection', 'projection_collision');
}

function readSort(
  value: InputCopy,
  resolve: (name: string) => string | undefined,
  names: readonly string[],
): Readonly<Record<string, 1 | -1>> {
  const list = readList(value, 'sort', 1, TOOL_LIMITS.sortFields);
  const entries = list.map((each, index) => {
    const where = at('sort', index);
    const parts = readParts(each, where, ['field', 'direction'], ['field', 'direction']);
    const name = parts['field'];
    const path = typeof name === 'string' ? resolve(name) : undefined;
    if (path === undefined)
      return refuseInput(
        'sort_path',
        `${written(name)} is not a field to sort by.`,
        at(where, 'field'),
        `Use one of: ${listed(names)}.`,
      );
    return [path, readWord(parts['direction'], at(where, 'direction'), ['asc', 'desc']) === 'asc' ? 1 : -1] as const;
  });
  once(
    entries.map(([path]) => path),
    'sort',
    'sort_value',
  );
  return Object.fromEntries(entries);
}

function readFieldSort(value: InputCopy, fields: ReadonlyMap<string, ToolField>): FindQuery['sort'] {
  if (value === undefined) return undefined;
  return readSort(value, (name) => (fields.has(name) ? name : undefined), [...fields.keys()]);
}

/** A cursor of an earlier answer. `null` is refused: after the last page it would begin again with the first. */
function readCursor(parts: InputObject): PageQuery['cursor'] {
  const [name, other] = (['after', 'before'] as const).filter((each) => parts[each] !== undefined);
  if (name === undefined) return {};
  if (other !== undefined)
    return refuseInput('option_value', 'A page has either `after` or `before`.', other, 'Leave one of them out.');
  const cursor = parts[name];
  if (typeof cursor === 'string') return { [name]: cursor };
  return refuseInput(
    'option_value',
    'There must be a cursor here.',
    name,
    'Pass the `next` or `previous` of an answer to the same question. If it is null, there is no such page.',
  );
}

function readKeys(value: InputCopy, { grouped }: ToolFields): AggregateQuery['keys'] {
  const keys = readList(value, 'group', 1, TOOL_LIMITS.groupFields).map((each, index) => {
    const where = at('group', index);
    if (typeof each === 'string') return { path: fieldAt(each, where, grouped, 'pipeline_path').path, unit: undefined };
    const parts = readParts(each, where, ['field', 'unit'], ['field', 'unit']);
    const field = fieldAt(parts['field'], at(where, 'field'), grouped, 'pipeline_path');
    if (field.kind !== 'date')
      return refuseInput(
        'pipeline_value',
        `${written(field.path)} is not known to be a date, so it has no unit.`,
        at(where, 'field'),
        'Group by the field itself: pass its name as a string.',
      );
    return { path: field.path, unit: readWord(parts['unit'], at(where, 'unit'), DATE_UNITS) };
  });
  once(
    keys.map(({ path }) => path),
    'group',
    'pipeline_value',
  );
  return keys;
}

function readMeasures(value: InputCopy, { grouped }: ToolFields): AggregateQuery['measures'] {
  const measures = readList(value, 'measures', 1, TOOL_LIMITS.measures).map((each, index) => {
    const where = at('measures', index);
    const parts = readParts(each, where, ['name', 'op', 'field'], ['name', 'op']);
    const measure = readWord(parts['op'], at(where, 'op'), MEASURE_NAMES);
    const name = readName(parts['name'], at(where, 'name'));
    if (measure === 'count') {
      readParts(each, where, ['name', 'op']);
      return { name, measure, path: undefined };
    }
    readParts(each, where, ['name', 'op', 'field'], ['field']);
    return { name, measure, path: fieldAt(parts['field'], at(where, 'field'), grouped, 'pipeline_path').path };
  });
  once(
    measures.map(({ name }) => name),
    'measures',
    'pipeline_value',
  );
  return measures;
}

function readName(value: InputCopy, where: string): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  return refuseInput(
    'pipeline_value',
    'The name of a measure has 1 to 40 letters, digits and underscores, and begins with a letter.',
    where,
    'Choose such a name.',
  );
}

function fieldAt(value: InputCopy, where: string, known: ReadonlyMap<string, ToolField>, code: ErrorCode): ToolField {
  const field = typeof value === 'string' ? known.get(value) : undefined;
  return (
    field ??
    refuseInput(
      code,
      `${written(value)} is not a field of this tool.`,
      where,
      `Use one of: ${listed([...known.keys()])}.`,
    )
  );
}

function once(names: readonly string[], where: string, code: ErrorCode): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuseInput(code, 'A name is here twice.', where, 'Name each one once.');
  return names;
}
