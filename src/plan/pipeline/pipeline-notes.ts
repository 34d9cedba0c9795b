import type { Site } from '../../errors/site.ts';
import { append } from '../../input/append.ts';
import type { Shape } from './shape.ts';
import type { ViewLeaf } from './usage.ts';

/** The server takes no longer pipeline (mongod 6.0.5, code 9). Those of joins count too, so that the whole is bounded. */
const MOST_STAGES = 1000;

/** Fields of the documents between two stages, nested ones included. `$$ROOT` in a document doubles them. */
const MOST_FIELDS = 10_000;

/** Fields that are copied or merged while one pipeline is checked. */
const MOST_WORK = 1_000_000;

/**
 * What the parser notes of one pipeline, with the pipelines of its joins: the leaves that each view has to give, and how
 * much work the check has been, which is bounded.
 */
export class PipelineNotes {
  readonly #site: Site;
  readonly #kept = new WeakSet<object>();
  readonly #read = new WeakSet<object>();
  readonly #later: (() => void)[] = [];
  #stages = 0;
  #work = 0;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Notes that the leaves of a shape have to be there. */
  keep(shape: Shape): void {
    each(shape, this.#kept, ({ usage, path }) => usage.keep(path));
  }

  /** Notes that the values of a shape decide something. */
  read(shape: Shape): void {
    each(shape, this.#read, ({ usage, path }) => usage.read(path));
  }

  /** Runs once the whole pipeline is read, when all that is needed of a view is known. */
  later(run: () => void): void {
    append(this.#later, run);
  }

  finish(): void {
    for (const run of this.#later) run();
  }

  countStages(count: number): void {
    this.#stages += count;
    if (this.#stages > MOST_STAGES)
      this.#refuse(`it has more than ${MOST_STAGES} stages, including those of the views`);
  }

  /** Counts the fields that a step copied, and holds the documents that it makes to a size. */
  countFields({ size }: Shape, copied = size): void {
    if (size > MOST_FIELDS) this.#refuse(`its documents would have more than ${MOST_FIELDS} fields`);
    this.#work += copied;
    if (this.#work > MOST_WORK) this.#refuse('its stages make too many fields');
  }

  #refuse(why: string): never {
    return this.#site.refuse(
      'pipeline_size',
      `The pipeline is too large to be checked: ${why}. Split it, or project fewer fields early.`,
    );
  }
}

/** Shapes share their parts, so each set of fields is looked through once. */
function each(shape: Shape, seen: WeakSet<object>, note: (leaf: ViewLeaf) => void): void {
  shape.leaves.forEach(note);
  if (shape.fields.size === 0 || seen.has(shape.fields)) return;
  seen.add(shape.fields);
  for (const field of shape.fields.values()) each(field, seen, note);
}
