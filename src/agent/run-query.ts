import { MEASURES } from '../grammar/agent-operators.ts';
import type { Page } from '../types/page.ts';
import type { AggregateQuery, FindQuery, PageQuery } from './read-query.ts';
import { RowCollector, toJson, type Rows } from './row-collector.ts';
import { ToolFault } from './tool-fault.ts';

/**
 * The methods of a `SafeCollection` that the tools use: its public ones, so the guard checks each call as any other. Their types can't
 * check a filter that a model wrote.
 */
export interface ToolReads {
  find(filter: object, options: object): AsyncIterable<object>;
  paginate(filter: object, options: object): Promise<Page<object>>;
  countDocuments(filter: object, options: object): Promise<number>;
  pipeline(options: object): ToolPipeline;
}

interface ToolPipeline extends AsyncIterable<object> {
  match(filter: object): ToolPipeline;
  group(stage: object): ToolPipeline;
  sort(stage: object): ToolPipeline;
  limit(count: number): ToolPipeline;
}

/** The caps of one call. */
export interface CallCaps {
  readonly maxBytes: number;
  readonly options: { readonly maxTimeMS: number; readonly signal: AbortSignal };
}

/** Runs a `find`. One document more than the limit is read, to know whether there are more. */
export async function runFind(reads: ToolReads, query: FindQuery, { maxBytes, options }: CallCaps): Promise<Rows> {
  const { filter, projection, sort, limit, skip } = query;
  const cursor = reads.find(filter, {
    ...options,
    projection,
    limit: limit + 1,
    ...(skip === 0 ? {} : { skip }),
    ...(sort === undefined ? {} : { sort }),
  });
  return await new RowCollector(limit, maxBytes).collect(cursor, (document) => document);
}

/** A page as JSON, with its cursors. */
export interface PageRows extends Pick<Page<object>, 'next' | 'previous'> {
  readonly json: readonly string[];
}

/** Runs a `paginate`. No row is left out, because the next page begins after the last one. */
export async function runPage(reads: ToolReads, query: PageQuery, { maxBytes, options }: CallCaps): Promise<PageRows> {
  const { filter, projection, sort, limit, cursor } = query;
  const page = await reads.paginate(filter, {
    ...options,
    projection,
    limit,
    ...cursor,
    ...(sort === undefined ? {} : { sort }),
  });
  const { items, next, previous } = page;
  const json = items.map(toJson);
  // A cursor holds the values of the sort, so it can be long.
  const texts = [...json, next ?? '', previous ?? ''];
  if (texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0) > maxBytes) refusePage(maxBytes);
  return { json, next, previous };
}

function refusePage(maxBytes: number): never {
  throw new ToolFault({
    code: 'answer_too_large',
    what: `The page has more than the ${maxBytes} bytes that an answer may have.`,
    where: 'limit',
    instead: 'Ask for fewer documents or fewer fields.',
  });
}

export async function runCount(reads: ToolReads, filter: object, { options }: CallCaps): Promise<number> {
  return await reads.countDocuments(filter, options);
}

/** Runs an `aggregate`. */
export async function runAggregate(
  reads: ToolReads,
  query: AggregateQuery,
  { maxBytes, options }: CallCaps,
): Promise<Rows> {
  const { filter, keys, measures, limit } = query;
  const grouped = reads
    .pipeline(options)
    .match(filter)
    .group({
      _id: keys.length === 0 ? null : Object.fromEntries(keys.map((key, index) => [`g${index}`, keyOf(key)])),
      ...Object.fromEntries(measures.map((each, index) => [`m${index}`, measureOf(each)])),
    });
  const sort = sortOf(query);
  const sorted = Object.keys(sort).length === 0 ? grouped : grouped.sort({ ...sort });
  return await new RowCollector(limit, maxBytes).collect(sorted.limit(limit + 1), (row) => namedRow(row, query));
}

/** The sort, and after it the keys that it does not have, so that equal groups have an order too. */
function sortOf({ keys, sort }: AggregateQuery): AggregateQuery['sort'] {
  const rest = keys.map((_key, index) => `_id.g${index}`).filter((path) => !Object.hasOwn(sort, path));
  return { ...sort, ...Object.fromEntries(rest.map((path) => [path, 1] as const)) };
}

/** A missing field and `null` make one group. */
function keyOf({ path, unit }: AggregateQuery['keys'][number]): object {
  const value = { $ifNull: [`$${path}`, null] };
  return unit === undefined ? value : { $dateTrunc: { date: `$${path}`, unit } };
}

function measureOf({ measure, path }: AggregateQuery['measures'][number]): object {
  return { [MEASURES[measure]]: path === undefined ? 1 : `$${path}` };
}

/** The row with the model's names in the place of the numbered ones. */
function namedRow(row: object, { keys, measures }: AggregateQuery): object {
  const values = new Map(Object.entries(row));
  const group = new Map(Object.entries((values.get('_id') ?? {}) as object));
  return {
    group: Object.fromEntries(keys.map(({ path }, index) => [path, group.get(`g${index}`) ?? null])),
    values: Object.fromEntries(measures.map(({ name }, index) => [name, values.get(`m${index}`) ?? null])),
  };
}
