import { callContext, type CallContext } from '../errors/call-context.ts';
import { execute } from '../driver/execute.ts';
import type { Target } from '../driver/target.ts';
import { append } from '../input/append.ts';
import { emit, emptyDocument, type Emitted } from '../plan/emit.ts';
import { parseOptions } from '../plan/options/parse-options.ts';
import { planModels, type BulkModel } from '../plan/plan-bulk.ts';
import type { BulkPlan } from '../plan/plan.ts';
import { settledLater, type MaybePromise } from '../plan/update/maybe-promise.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** The models of a bulk, which are sent once. */
export class PendingBulk {
  readonly #target: Target;
  readonly #call: CallContext<ViewPolicy>;
  readonly #driverOptions: Emitted;
  readonly #models: Promise<BulkModel>[] = [];
  #isUsed = false;

  constructor(
    target: Target,
    call: CallContext<ViewPolicy>,
    options: unknown,
    { ordered }: { readonly ordered: boolean },
  ) {
    const method = ordered ? 'initializeOrderedBulkOp' : 'initializeUnorderedBulkOp';
    const { driverOptions } = parseOptions(method, options, call);
    this.#target = target;
    this.#call = call;
    this.#driverOptions = Object.assign(emit('ordered', ordered), driverOptions);
  }

  get length(): number {
    return this.#models.length;
  }

  /** The context of a call on the bulk. Throws if the bulk was already sent. */
  at(operation: string): CallContext<ViewPolicy> {
    const { view, policy, scope, ids } = this.#call;
    const call = callContext(operation, view, policy, scope, ids);
    if (this.#isUsed) call.refuse('bulk_used', 'This bulk was already executed. Start a new one.');
    return call;
  }

  /** Adds an authorised model. */
  add(model: MaybePromise<BulkModel>): void {
    append(this.#models, settledLater(model));
  }

  /** Sends the models as one command, once. */
  async execute(options: unknown): Promise<object> {
    const call = this.at('execute');
    const { driverOptions } = parseOptions('execute', options, call);
    this.#isUsed = true;
    const whole = Object.freeze(Object.assign(emptyDocument(), this.#driverOptions, driverOptions));
    return await execute(this.#target, this.#plan(whole, call));
  }

  async #plan(options: Emitted, call: CallContext<ViewPolicy>): Promise<BulkPlan> {
    return planModels(await Promise.all(this.#models), options, call);
  }
}
