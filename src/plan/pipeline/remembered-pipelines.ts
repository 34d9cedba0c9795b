import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import type { PathNode } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, isDocument, type Emitted } from '../emit.ts';
import { perPolicy } from '../per-policy.ts';
import type { Joins, PipelineTerms } from './joins.ts';

/** Clients may send any number of different pipelines, so the cache is limited. If it is full, it begins anew. */
const MOST_PIPELINES = 200;
const LONGEST_TEXT = 2_000;

/** What the parser makes of the stages from the view on. */
export interface ParsedPipeline {
  readonly emitted: readonly Emitted[];
  /** The shape of what comes out. Decoders are kept by it. */
  readonly shape: PathNode;
  /** The number of stages that count towards the limit. */
  readonly stages: number;
}

type Parsed = Map<string, ParsedPipeline>;

/**
 * The pipelines that were parsed over a view, by the views that it may join and by their whole text. A program uses the same few
 * pipelines in all its calls, apart from the values of leading filters, which are not part of the text.
 */
const parsedOver = perPolicy((_policy: ViewPolicy) => new WeakMap<Joins, Parsed>());

function parsedWith(policy: ViewPolicy, joins: Joins): Parsed {
  const ofPolicy = parsedOver(policy);
  let parsed = ofPolicy.get(joins);
  if (parsed === undefined) ofPolicy.set(joins, (parsed = new Map<string, ParsedPipeline>()));
  return parsed;
}

/** What is remembered of these stages: `parse` runs only the first time. It has to depend on nothing but the views and the stages. */
export function rememberedPipeline(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  terms: PipelineTerms,
  parse: () => ParsedPipeline,
): ParsedPipeline {
  const text = dependsOnCall(policy, terms) ? undefined : textOfArray(stages);
  if (text === undefined || text.length > LONGEST_TEXT) return parse();
  const known = parsedWith(policy, terms.joins);
  const before = known.get(text);
  if (before !== undefined) return withOwnSorts(before);
  const parsed = parse();
  if (!parsed.emitted.every(isUnchangeable)) return parsed;
  if (known.size >= MOST_PIPELINES) known.clear();
  known.set(text, parsed);
  return withOwnSorts(parsed);
}

/**
 * The program's conditions and a scope are part of joins, opaque ids are opened with the keys of a collection, and a collation changes
 * which filters are exact. A call with a scope has a collation.
 */
function dependsOnCall({ opaque }: ViewPolicy, { demands, collation }: PipelineTerms): boolean {
  return demands !== undefined || collation !== undefined || !opaque.isEmpty;
}

/**
 * A text that no other value has, or `undefined` if there is something that JSON does not have, such as a date or a mark. Not JSON
 * itself, because `Array.prototype.toJSON` could make two values look alike.
 */
function textOf(value: InputCopy): string | undefined {
  switch (typeof value) {
    case 'string':
      return `${value.length}"${value}`;
    case 'number':
      return Object.is(value, -0) ? '-0,' : `${value},`;
    case 'boolean':
      return value ? 't' : 'f';
    default:
      if (value === null) return 'n';
      if (isInputArray(value)) return textOfArray(value);
      return isInputObject(value) ? textOfObject(value) : undefined;
  }
}

function textOfArray(elements: readonly InputCopy[]): string | undefined {
  let text = `[${elements.length}:`;
  for (let index = 0; index < elements.length; index += 1) {
    const element = textOf(elements[index]);
    if (element === undefined) return undefined;
    text += element;
  }
  return text;
}

function textOfObject(fields: InputObject): string | undefined {
  const keys = Object.keys(fields);
  let text = `{${keys.length}:`;
  for (const key of keys) {
    const value = textOf(fields[key]);
    if (value === undefined) return undefined;
    text += `${key.length}"${key}${value}`;
  }
  return text;
}

/** A `$sort` is sent as a Map, which can't be frozen. So each call gets its own. */
function withOwnSorts(parsed: ParsedPipeline): ParsedPipeline {
  if (!parsed.emitted.some(isSort)) return parsed;
  return {
    ...parsed,
    emitted: parsed.emitted.map((stage) => (isSort(stage) ? emit('$sort', new Map(stage.$sort)) : stage)),
  };
}

function isSort(stage: Emitted): stage is { readonly $sort: ReadonlyMap<unknown, unknown> } {
  return stage['$sort'] instanceof Map;
}

/** Freezes a stage. A listener of the driver's commands must not change what later calls send. */
function isUnchangeable(stage: Emitted): boolean {
  return isSort(stage) || freeze(stage);
}

/** Whether all parts could be frozen. */
function freeze(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return true;
  if (!Array.isArray(part) && !isDocument(part)) return Object.isFrozen(part);
  Object.freeze(part);
  return Object.values(part).every(freeze);
}
