import { callSite, definitionSite } from '../errors/site.ts';
import { driftAt } from '../errors/drift.ts';
import { isPlainObject } from '../input/read.ts';
import type { CapabilitiesOf, SpecOffer, SpecShape } from '../types/capabilities.ts';
import type { CheckViewSpec } from '../types/check-view-spec.ts';
import type { Stored } from '../types/document.ts';
import type { PublicDocument } from '../types/public-document.ts';
import { expose } from '../results/expose.ts';
import { markExposed } from '../results/exposed-results.ts';
import { parseProjection } from './parse-projection.ts';
import { parseSpec } from './parse-spec.ts';
import { issueView } from './policies.ts';
import type { ViewPolicy } from './policy.ts';
import { resolveProjection } from './resolve-projection.ts';
import { issueSelection } from './selection.ts';
import { toJSONSchema } from './to-json-schema.ts';
import type { View } from '../types/view.ts';

type PublicOfSpec<TDoc, S extends SpecShape> = PublicDocument<Stored<TDoc>, Extract<keyof S['public'], string>>;

/** Takes the specification; the document type was named in the call before, so that this one can infer the paths. */
export interface ViewDefiner<TDoc> {
  <const S extends SpecOffer<TDoc>>(
    spec: S & CheckViewSpec<TDoc, S>,
  ): View<TDoc, PublicOfSpec<TDoc, S>, CapabilitiesOf<S>>;
}

/** As `ViewDefiner`, for a declared public type: the listed paths and the type have to agree, both ways. */
export interface DeclaredViewDefiner<TDoc, TPublic> {
  <const S extends SpecOffer<TDoc>>(spec: S & CheckViewSpec<TDoc, S, TPublic>): View<TDoc, TPublic, CapabilitiesOf<S>>;
}

/**
 * Declares what of a document may be returned, filtered, sorted, joined and written. The types and the run-time guard
 * are both made from this one declaration; what it does not name is refused.
 *
 * Called twice, because TypeScript infers either all type arguments or none: first with the document type, then with
 * the specification.
 *
 * - `public`: the leaves that may be returned, `1` each, or `subtree` where the type has no fixed leaves.
 * - `writable`: the leaves that a caller's input may set. Default: none.
 * - `filterable`, `sortable`: default the public leaves (filterable: and `_id`, by exact match). `joinable`: default the
 *   filterable paths, with what `filterable` adds and without what it takes away. `1` adds a path, `0` takes one away. A
 *   private path added here is a declared disclosure.
 * - `version`: the field that counts up with every update. It is public or filterable, because a caller may demand one.
 * - `arrays`: where arrays are, and how deep: `{ tags: 1, matrix: 2, phone: [0, 1] }`. The compiler asks for exactly the array paths
 *   at or above the leaves that the view names; what is not listed holds no array. Writes and reads are held to it.
 * - `operators`: `'tagged'` (default) or `'plain'`, which lets plain operator objects through and is weaker.
 * - `name`: what errors call the view; default the collection's name.
 *
 * @returns a frozen view.
 * @throws ViewError where the specification is empty, malformed or contradictory.
 * @example
 * const userView = defineView<User>()({
 *   public: { username: 1, email: 1, 'profile.bio': 1, 'addresses.city': 1 },
 *   filterable: { deleted_at: 1 },
 *   arrays: { addresses: 1 },
 * });
 */
export function defineView<TDoc extends object>(): ViewDefiner<TDoc>;
export function defineView<TDoc extends object, TPublic extends object>(): DeclaredViewDefiner<TDoc, TPublic>;
export function defineView(): (spec: object) => never {
  return (spec) => makeView(spec) as never;
}

function makeView(spec: object): object {
  const policy = parseSpec(spec, definitionSite(undefined));
  const view = Object.freeze({
    select(projection: unknown) {
      return issueSelection(policy, resolveProjection(projection, policy, callSite('select', policy.name)));
    },
    selectFields(paths: unknown) {
      const site = callSite('selectFields', policy.name);
      if (!Array.isArray(paths)) site.refuse('argument_invalid', 'selectFields() takes an array of paths.');
      return issueSelection(policy, parseProjection(paths, policy.public, site));
    },
    pick(...args: readonly [document: unknown, projection?: unknown]) {
      return pick(args, policy);
    },
    toJSONSchema(...args: readonly [projection?: unknown, description?: unknown]) {
      const site = callSite('toJSONSchema', policy.name);
      const [projection, description] = args;
      return toJSONSchema(
        args.length === 0 ? policy.public : resolveProjection(projection, policy, site),
        description,
        site,
      );
    },
  });
  issueView(view, policy);
  return view;
}

function pick(args: readonly [document: unknown, projection?: unknown], policy: ViewPolicy): object {
  const site = callSite('pick', policy.name);
  const [document, projection] = args;
  if (!isPlainObject(document)) return site.refuse('argument_invalid', 'pick() takes a plain object.');
  const shape = args.length < 2 ? policy.public : resolveProjection(projection, policy, site);
  return markExposed(expose(document, shape.root, driftAt('pick', policy.name)), shape.root);
}
