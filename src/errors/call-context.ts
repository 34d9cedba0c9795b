import type { ErrorCode } from './error-codes.ts';
import { RefusedCallError } from './refused-call-error.ts';
import { ViewError } from './view-error.ts';

/** The values of a scope, by path: which rows a collection reads and writes. */
export type ScopeValues = ReadonlyMap<string, unknown>;

/** Opens sealed ids. `undefined` if no key of the collection made the text for an id with this tag. */
export interface IdOpener {
  open(text: unknown, tag: number): Uint8Array | undefined;
}

/** The call, or the definition of a view, that is being checked: what its errors name, and the policy it obeys. */
export interface CallContext<Policy = unknown> {
  readonly operation: string;
  /** A call that obeys a policy has a view to name. */
  readonly view: Policy extends object ? string : string | undefined;
  readonly policy: Policy;
  /** The values that the collection is bound to, if it is. */
  readonly scope: ScopeValues | undefined;
  /** Opens the opaque ids that a caller sends, if the collection has keys. */
  readonly ids: IdOpener | undefined;
  /** Throws. `message` says what is wrong, where, and what to do instead. */
  refuse(code: ErrorCode, message: string, path?: string): never;
}

class Context<Policy> implements CallContext<Policy> {
  readonly operation: string;
  readonly view: CallContext<Policy>['view'];
  readonly policy: Policy;
  readonly scope: ScopeValues | undefined;
  readonly ids: IdOpener | undefined;
  readonly #error: typeof RefusedCallError | typeof ViewError;

  constructor(
    operation: string,
    view: CallContext<Policy>['view'],
    policy: Policy,
    scope: ScopeValues | undefined,
    ids: IdOpener | undefined,
    error: typeof RefusedCallError | typeof ViewError,
  ) {
    this.operation = operation;
    this.view = view;
    this.policy = policy;
    this.scope = scope;
    this.ids = ids;
    this.#error = error;
  }

  refuse(code: ErrorCode, message: string, path?: string): never {
    const { operation, view } = this;
    throw new this.#error(code, message, { operation, view, path });
  }
}

/** The context of a call: of a collection's method with the policy of its view, or of a function without one. */
export function callContext(operation: string, view: string | undefined): CallContext;
export function callContext<Policy extends object>(
  operation: string,
  view: string,
  policy: Policy,
  scope: ScopeValues | undefined,
  ids?: IdOpener,
): CallContext<Policy>;
export function callContext(
  operation: string,
  view: string | undefined,
  policy?: object,
  scope?: ScopeValues,
  ids?: IdOpener,
): CallContext {
  return new Context<unknown>(operation, view, policy, scope, ids, RefusedCallError);
}

/** The context of a view's definition: with `defineView()`, `defineAudiences()`, or the `extend()` of a view. */
export function definitionContext(
  operation: 'defineView' | 'extend' | 'defineAudiences',
  view: string | undefined,
): CallContext {
  return new Context<unknown>(operation, view, undefined, undefined, undefined, ViewError);
}
