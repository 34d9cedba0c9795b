import { callSite } from '../errors/site.ts';
import { execute } from '../driver/execute.ts';
import type { Target } from '../driver/target.ts';
import { append } from '../input/append.ts';
import { emit, emptyDocument, type Emitted } from '../plan/emit.ts';
import { parseOptions } from '../plan/options/parse-options.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import { planModels, type BulkModel } from '../plan/plan-bulk.ts';
import type { BulkPlan } from '../plan/plan.ts';
import type { MaybePromise } from '../plan/update/maybe-promise.ts';

/** The models of a bulk, which are sent once. */
export class PendingBulk {
  readonly #target: Target;
  readonly #context: PlanContext;
  readonly #driverOptions: Emitted;
  readonly #models: MaybePromise<BulkModel>[] = [];
  #isUsed = false;

  constructor(target: Target, context: PlanContext, options: unknown, { ordered }: { readonly ordered: boolean }) {
    const method = ordered ? 'initializeOrderedBulkOp' : 'initializeUnorderedBulkOp';
    const { driverOptions } = parseOptions(method, options, context.site);
    this.#target = target;
    this.#context = context;
    this.#driverOptions = Object.assign(emit('ordered', ordered), driverOptions);
  }

  get length(): number {
    return this.#models.length;
  }

  /** The context of a call on the bulk. Throws if the bulk was already sent. */
  at(operation: string): PlanContext {
    const context = { ...this.#context, site: callSite(operation, this.#context.view) };
    if (this.#isUsed) context.site.refuse('bulk_used', 'This bulk was already executed. Start a new one.');
    return context;
  }

  /** Adds an authorised model. */
  add(model: MaybePromise<BulkModel>): void {
    // execute() reports the validator's result; until then a rejection must not be unhandled.
    if (model instanceof Promise) model.catch(() => undefined);
    append(this.#models, model);
  }

  /** Sends the models as one command, once. */
  async execute(options: unknown): Promise<object> {
    const context = this.at('execute');
    const { driverOptions } = parseOptions('execute', options, context.site);
    this.#isUsed = true;
    const whole = Object.freeze(Object.assign(emptyDocument(), this.#driverOptions, driverOptions));
    return await execute(this.#target, this.#plan(whole, context));
  }

  async #plan(options: Emitted, context: PlanContext): Promise<BulkPlan> {
    const models = await Promise.all(this.#models.map(async (model) => await model));
    return planModels(models, options, context);
  }
}
