import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import type { PathNode } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, isDocument, type Emitted } from '../emit.ts';
import { perPolicy } from '../per-policy.ts';
import type { Joins, PipelineTerms } from './joins.ts';

/** Clients may send any number of different pipelines, so what is remembered of a view is limited. If it is full, it begins anew. */
const MOST_PIPELINES = 200;
const MOST_PARTS = 50_000;

/** Larger pipelines are parsed each time. A short text may make many fields: `$$ROOT` in a document doubles them. */
const LONGEST_TEXT = 2_000;
const MOST_PARTS_OF_ONE = 2_000;

/** What the parser makes of the stages from the view on. */
export interface ParsedPipeline {
  readonly emitted: readonly Emitted[];
  /** The shape of what comes out. Decoders are kept by it. */
  readonly shape: PathNode;
  /** The number of stages that count towards the limit. */
  readonly stages: number;
  /** Whether it joins other collections. */
  readonly joins: boolean;
  /** The number of fields of the shape, including nested ones. */
  readonly fields: number;
}

/** The pipelines that were parsed, by their whole text. */
class Remembered {
  readonly #byText = new Map<string, ParsedPipeline>();
  #parts = 0;

  find(text: string): ParsedPipeline | undefined {
    return this.#byText.get(text);
  }

  /** Keeps a pipeline, unless it is too large or can't be frozen: a listener of the driver's commands must not change what later calls send. */
  keep(text: string, parsed: ParsedPipeline): void {
    const parts = parsed.emitted.reduce((sum, stage) => sum + partsOfStage(stage), parsed.fields);
    if (parts > MOST_PARTS_OF_ONE) return;
    if (this.#byText.size >= MOST_PIPELINES || this.#parts + parts > MOST_PARTS) this.#forget();
    this.#byText.set(text, parsed);
    this.#parts += parts;
  }

  #forget(): void {
    this.#byText.clear();
    this.#parts = 0;
  }
}

/**
 * What is remembered of a view, by the views that it may join. A program uses the same few pipelines in all its calls, apart from the
 * values of leading filters, which are not part of the text.
 */
const rememberedOf = perPolicy((_policy: ViewPolicy) => new WeakMap<Joins, Remembered>());

function rememberedWith(policy: ViewPolicy, joins: Joins): Remembered {
  const ofPolicy = rememberedOf(policy);
  let remembered = ofPolicy.get(joins);
  if (remembered === undefined) ofPolicy.set(joins, (remembered = new Remembered()));
  return remembered;
}

/** What is remembered of these stages: `parse` runs only the first time. It has to depend on nothing but the views and the stages. */
export function rememberedPipeline(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  terms: PipelineTerms,
  call: CallContext,
  parse: () => ParsedPipeline,
): ParsedPipeline {
  const text = textOfArray(stages);
  if (text === undefined || text.length > LONGEST_TEXT) return parse();
  const remembered = rememberedWith(policy, terms.joins);
  const before = remembered.find(text);
  if (before !== undefined && isForAllCalls(before, terms, call)) return withOwnSorts(before);
  const parsed = parse();
  if (isForAllCalls(parsed, terms, call)) remembered.keep(text, parsed);
  return withOwnSorts(parsed);
}

/**
 * Whether a pipeline is the same in all calls. The scope of a call and the program's conditions are written into joins, and a collation
 * changes which joins are exact. An id that was opened with the keys of a collection can't be frozen, so such a pipeline is not kept.
 */
function isForAllCalls(
  { joins }: ParsedPipeline,
  { demands, collation }: PipelineTerms,
  { scope }: CallContext,
): boolean {
  return !joins || (scope === undefined && demands === undefined && collation === undefined);
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

/** Freezes a stage and counts its parts. */
function partsOfStage(stage: Emitted): number {
  return isSort(stage) ? stage.$sort.size : frozenParts(stage);
}

/** Freezes a part and counts the parts in it. Infinite if one can't be frozen. */
function frozenParts(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 1;
  if (!Array.isArray(part) && !isDocument(part)) return Object.isFrozen(part) ? 1 : Infinity;
  Object.freeze(part);
  return Object.values(part).reduce<number>((sum, below) => sum + frozenParts(below), 1);
}
