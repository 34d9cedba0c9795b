import type { CallContext } from '../../errors/call-context.ts';
import { append } from '../../input/append.ts';
import type { Shape } from './shape.ts';
import type { ViewLeaf } from './usage.ts';

/** The server's limit (mongod 6.0.5, code 9). Stages of joins count too, so that the total is limited. */
const MOST_STAGES = 1000;

/** The highest number of fields between two stages, including nested ones. `$$ROOT` in a document doubles them. */
const MOST_FIELDS = 10_000;

/** The highest number of fields that are copied or merged while a pipeline is checked. */
const MOST_WORK = 1_000_000;

/**
 * What the parser notes about a pipeline and the pipelines of its joins: the leaves that it needs of each view, and the amount of
 * work, which is limited.
 */
export class PipelineNotes {
  readonly #call: CallContext;
  #kept: WeakSet<object> | undefined;
  #read: WeakSet<object> | undefined;
  readonly #later: (() => void)[] = [];
  #stages = 0;
  #hasJoins = false;
  #work = 0;

  constructor(call: CallContext) {
    this.#call = call;
  }

  /** Notes that the leaves of a shape have to be in the documents. */
  keep(shape: Shape): void {
    each(shape, (this.#kept ??= new WeakSet()), ({ usage, path }) => usage.keep(path));
  }

  /** Notes that a stage uses the values of a shape. */
  read(shape: Shape): void {
    each(shape, (this.#read ??= new WeakSet()), ({ usage, path }) => usage.read(path));
  }

  /** Runs a function after the whole pipeline is parsed, when all needed paths are known. */
  later(run: () => void): void {
    append(this.#later, run);
  }

  finish(): void {
    for (const run of this.#later) run();
  }

  /** The number of stages so far, including those of the views. */
  get stages(): number {
    return this.#stages;
  }

  /** Whether the pipeline joins other collections. */
  get hasJoins(): boolean {
    return this.#hasJoins;
  }

  noteJoin(): void {
    this.#hasJoins = true;
  }

  countStages(count: number): void {
    this.#stages += count;
    if (this.#stages > MOST_STAGES)
      this.#refuse(`it has more than ${MOST_STAGES} stages, including those of the views`);
  }

  /** Counts the fields that a step copied, and refuses documents with too many fields. */
  countFields({ size }: Shape, copied = size): void {
    if (size > MOST_FIELDS) this.#refuse(`its documents would have more than ${MOST_FIELDS} fields`);
    this.countWork(copied);
  }

  /** Counts fields that were copied or merged. */
  countWork(fields: number): void {
    this.#work += fields;
    if (this.#work > MOST_WORK) this.#refuse('its stages make too many fields');
  }

  #refuse(why: string): never {
    return this.#call.refuse(
      'pipeline_size',
      `The pipeline is too large to be checked: ${why}. Split it, or project fewer fields early.`,
    );
  }
}

/** Calls `note` for each leaf. Shapes share parts, so each set of fields is visited once. */
function each(shape: Shape, seen: WeakSet<object>, note: (leaf: ViewLeaf) => void): void {
  shape.leaves.forEach(note);
  if (shape.fields.size === 0 || seen.has(shape.fields)) return;
  seen.add(shape.fields);
  for (const field of shape.fields.values()) each(field, seen, note);
}
