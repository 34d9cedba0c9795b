import type { Target } from '../driver/target.ts';
import { callContext, type CallContext } from '../errors/call-context.ts';
import { assertScoped } from '../plan/scope/bound.ts';
import { scopeOfCall } from '../plan/scope/scope-of-call.ts';
import { viewFor } from '../view/audiences.ts';
import { assertIdKeys, requireSealer } from '../seal/require-sealer.ts';
import type { Sealer } from '../seal/sealer.ts';
import { policyOf } from '../view/policies.ts';
import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';
import {
  bindingIn,
  boundOptions,
  readSettings,
  type Binding,
  type SafeCollectionOptions,
} from './collection-options.ts';
import { targetOf } from './target-of.ts';

/** The operations that may join other views. */
const JOINING: ReadonlySet<string> = new Set(['aggregate', 'findPopulated']);

/** What a collection is made of. It is private to the collection. */
export class CollectionHandle {
  readonly target: Target;
  readonly binding: Binding;
  readonly #collection: { readonly collectionName: string };
  readonly #view: object;
  readonly #policy: ViewPolicy;
  readonly #name: string;

  constructor(collection: { readonly collectionName: string }, view: object, options: SafeCollectionOptions) {
    const call = callContext('new SafeCollection', undefined);
    this.#policy = policyOf(view, call);
    const { sealer, ...hooks } = readSettings(options, call);
    const binding = bindingIn(options);
    this.binding = sealer === undefined ? binding : { ...binding, sealer };
    this.target = targetOf(collection, hooks, this.binding, call);
    this.#collection = collection;
    this.#view = view;
    this.#name = this.#policy.name ?? collection.collectionName;
    assertIdKeys(this.#policy, this.binding.sealer, this.#name, call);
  }

  /**
   * The context of one call. Throws if the view has a scope and the collection is not bound to one. A view without a scope needs the values
   * only for joins.
   */
  call(operation: string): CallContext<ViewPolicy> {
    const needsScope = scopePathsOf(this.#policy).length > 0 || JOINING.has(operation);
    const call = callContext(
      operation,
      this.#name,
      this.#policy,
      needsScope ? this.binding.scope : undefined,
      this.target.ids,
    );
    assertScoped(call);
    return call;
  }

  /** What seals tokens. Throws if the collection has no keys. */
  sealer(call: CallContext): Sealer {
    return requireSealer(this.binding.sealer, call);
  }

  /** The arguments for the same collection, bound to the values of a scope. */
  scoped(values: unknown): Arguments {
    return this.rebound({ scope: scopeOfCall(values, this.#policy, this.#name, this.binding.scope) });
  }

  /** The arguments for the same collection, with the view of an audience. */
  forAudience(audience: unknown): Arguments {
    return this.rebound({}, viewFor(audience, this.#view, this.call('forAudience')));
  }

  /** The arguments for the same collection with another binding. */
  rebound(changed: Partial<Binding>, view: object = this.#view): Arguments {
    const options = boundOptions(this.target, { ...this.binding, ...changed });
    return [this.#collection as never, view as never, options];
  }
}

type Arguments = readonly [collection: never, view: never, options: SafeCollectionOptions];

/** The handle of each collection. Other code has no access to this map. */
export const handles = new WeakMap<object, CollectionHandle>();
