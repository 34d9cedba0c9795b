import { callContext, definitionContext } from '../errors/call-context.ts';
import { driftAt } from '../errors/drift.ts';
import { quote } from '../errors/quote.ts';
import { SchemaDriftError } from '../errors/schema-drift-error.ts';
import { isArray, isPlainObject } from '../input/read.ts';
import type { CapabilitiesOf, OfferSpec, SpecConstraint } from '../types/capabilities.ts';
import type { CheckViewSpec } from '../types/check-view-spec.ts';
import type { WithIds } from '../types/opaque-document.ts';
import type { PublicOfSpec } from '../types/public-document.ts';
import { expose } from '../results/expose.ts';
import { markExposed } from '../results/exposed-results.ts';
import { copySpec, type SpecCopy } from './copy-spec.ts';
import { extendSpec } from './extend-spec.ts';
import { NO_LIMITS } from './array-limit.ts';
import { parsePaths } from './parse-projection.ts';
import { leavesBelow } from './path-tree.ts';
import { parseSpec } from './parse-spec.ts';
import { issueView } from './policies.ts';
import type { ViewPolicy } from './policy.ts';
import { resolveProjection, resolveWhole } from './resolve-projection.ts';
import { issueSelection } from './selection.ts';
import { toJSONSchema } from './to-json-schema.ts';
import { shapeOfResults, toStandardSchema } from './to-standard-schema.ts';
import type { View } from '../types/view.ts';
import type { WrittenAs } from '../types/written.ts';

/** Takes the specification. The first call named the document type, so this call can infer the paths. */
export interface ViewDefiner<TDoc> {
  <const S extends SpecConstraint>(
    spec: WrittenAs<S, SpecConstraint> & CheckViewSpec<WithIds<TDoc, S>, S> & OfferSpec<TDoc, S>,
  ): View<WithIds<TDoc, S>, PublicOfSpec<TDoc, S>, CapabilitiesOf<S>>;
}

/** Same as `ViewDefiner`, for a declared public type: a missing or a surplus path does not compile. */
export interface DeclaredViewDefiner<TDoc, TPublic> {
  <const S extends SpecConstraint>(
    spec: WrittenAs<S, SpecConstraint> & CheckViewSpec<WithIds<TDoc, S>, S, TPublic> & OfferSpec<TDoc, S>,
  ): View<WithIds<TDoc, S>, TPublic, CapabilitiesOf<S>>;
}

/**
 * Declares which paths of a document may be returned, filtered, sorted, joined and written. The types and the run-time guard
 * are both made from this one declaration; all other paths are refused.
 *
 * Called twice, because TypeScript infers either all type arguments or none: first with the document type, then with
 * the specification.
 *
 * - `public`: the leaves that may be returned, `1` each, or `subtree` if the type has no fixed leaves.
 * - `writable`: the leaves that a caller's input may set. Default: none.
 * - `filterable`, `sortable`: default the public leaves (`filterable` also `_id`, by exact match). `joinable`: default the
 *   filterable paths, including the changes in `filterable`. `1` adds a path, `0` removes one. Adding a private path
 *   discloses it.
 * - `geo`: the paths of locations (GeoJSON, or a pair of coordinates), where a filter takes `$geoWithin`, `$geoIntersects` and `$near`.
 *   A filter can find out where a document is, also if the path is not public.
 * - `search`: the paths that the text index of the collection may have, all filterable. A filter then takes `$text`.
 * - `version`: the field that is incremented with every update. It has to be public or filterable, because `options.version`
 *   compares with it.
 * - `arrays`: where arrays are, and how deep: `{ tags: 1, matrix: 2, phone: [0, 1] }`. The compiler requires exactly the array paths
 *   at or above the leaves that the view names; other paths hold no array. Writes and reads are checked against it.
 * - `whole`: arrays of subdocuments whose elements have no other field. A caller may remove, replace and compare their elements.
 * - `scope`: the fields that say whose row a document is, or `'shared'`.
 * - `shardKey`: the shard key of the collection. A write of one document then has to name it.
 * - `operators`: `'tagged'` (default) or `'plain'`, which accepts plain operator objects and is weaker.
 * - `name`: the name of the view in errors; default the collection's name.
 *
 * @returns a frozen view.
 * @throws ViewError if the specification is empty, malformed or contradictory.
 * @example
 * const userView = defineView<User>()({
 *   public: { username: 1, email: 1, 'profile.bio': 1, 'addresses.city': 1 },
 *   filterable: { deleted_at: 1 },
 *   arrays: { addresses: 1 },
 * });
 */
export function defineView<TDoc extends object>(): ViewDefiner<TDoc>;
export function defineView<TDoc extends object, TPublic extends object>(): DeclaredViewDefiner<TDoc, TPublic>;
export function defineView(): never {
  return define as never;
}

function define(written: unknown): object {
  const call = definitionContext('defineView', undefined);
  const spec = copySpec(written, 'a view', call);
  return makeView(spec, parseSpec(spec, call));
}

function makeView(spec: SpecCopy, policy: ViewPolicy): object {
  const view = Object.freeze({
    select(projection: unknown) {
      return issueSelection(policy, resolveProjection(projection, policy, callContext('select', policy.name)));
    },
    selectFields(paths: unknown) {
      const call = callContext('selectFields', policy.name);
      if (!isArray(paths)) return call.refuse('argument_invalid', 'selectFields() takes an array of paths.');
      return issueSelection(policy, { shape: parsePaths(paths, policy.public, call), limits: NO_LIMITS });
    },
    pick(...args: readonly [document: unknown, projection?: unknown]) {
      return pick(args, policy);
    },
    toJSONSchema(...args: readonly [projection?: unknown, description?: unknown]) {
      const call = callContext('toJSONSchema', policy.name);
      const [projection, description] = args;
      return toJSONSchema(
        args.length === 0 ? policy.public : resolveWhole(projection, policy, call),
        description,
        call,
      );
    },
    toStandardSchema(...args: readonly [projection?: unknown]) {
      return standardSchemaOf(args, policy);
    },
    extend(extension: unknown) {
      const call = definitionContext('extend', policy.name);
      const extended = extendSpec(spec, extension, call);
      const inherited = { arrays: extended.inherited, idTag: policy.idTag };
      return makeView(extended.spec, parseSpec(extended.spec, call, inherited));
    },
  });
  issueView(view, policy);
  return view;
}

function standardSchemaOf(args: readonly [projection?: unknown], policy: ViewPolicy): object {
  const call = callContext('toStandardSchema', policy.name);
  const shape = args.length === 0 ? policy.public : resolveWhole(args[0], policy, call);
  const results = shapeOfResults(shape.root);
  return toStandardSchema(shape, (value) => {
    try {
      return { value: markExposed(expose(value, results, driftAt('toStandardSchema', policy.name)), shape.root) };
    } catch (error) {
      if (!(error instanceof SchemaDriftError)) throw error;
      return { issues: [{ message: error.message, path: error.path?.split('.') }] };
    }
  });
}

function pick(args: readonly [document: unknown, projection?: unknown], policy: ViewPolicy): object {
  const call = callContext('pick', policy.name);
  const [document, projection] = args;
  if (!isPlainObject(document)) return call.refuse('argument_invalid', 'pick() takes a plain object.');
  const shape = args.length < 2 ? policy.public : resolveWhole(projection, policy, call);
  const opaque = leavesBelow(shape.root).find((leaf) => leaf.opaque !== undefined);
  if (opaque !== undefined)
    return call.refuse(
      'projection_path',
      `pick() has no keys to seal ${quote(opaque.path)} with: name a projection without it, or read the document through a collection.`,
      opaque.path,
    );
  return markExposed(expose(document, shape.root, driftAt('pick', policy.name)), shape.root);
}
