import type { Capabilities } from './capabilities.ts';
import type { Exposed } from './exposed.ts';
import type { CheckExtension, ExtendedView, ExtensionOffer } from './extended-view.ts';
import type { JSONSchema, SchemaDescription } from './json-schema.ts';
import type { CheckPicked, Picked } from './picked.ts';
import type { CheckProjection, ProjectionShape, ResultOf, Selection, SelectionOf } from './projection.ts';
import type { ViewSchema } from './standard-schema.ts';
import type { viewTypes } from './view-types.ts';
import type { Written, WrittenAs } from './written.ts';

/**
 * Which paths of a document may be read and written. Made by `defineView()` and deep-frozen. Both the types and the run-time
 * guard are made from it.
 */
export interface View<in out TDoc, in out TPublic, in out C extends Capabilities> {
  readonly [viewTypes]: {
    readonly document: (document: TDoc) => TDoc;
    readonly public: (document: TPublic) => TPublic;
    readonly capabilities: (capabilities: C) => C;
  };

  /**
   * Returns a reusable projection. It is parsed once and has the same result type as a literal.
   *
   * @param projection - an inclusion object (`{ username: 1 }`) or an array of paths (`['username']`). An array takes `op({ $slice })` or
   *   `op({ $elemMatch })`, whose conditions are checked when the selection is used.
   * @returns a value for `options.projection` of every read on this view.
   * @throws RefusedCallError if a path is not public or is named twice, or if no path is named.
   * @example
   * const card = userView.select({ username: 1, 'profile.avatar': 1 });
   * await users.findOne({ username: 'ada' }, { projection: card });
   */
  select<const P extends ProjectionShape<C>>(
    projection: Written<P> & CheckProjection<TPublic, C, P, TDoc>,
  ): SelectionOf<TPublic, P>;

  /**
   * Returns a projection chosen at run time, as in `?fields=username,email`. Every field of the result type is optional.
   *
   * @param paths - paths that are public in this view; branches mean their public leaves.
   * @returns a value for `options.projection` of every read on this view.
   * @throws RefusedCallError if a path is not public (it is never ignored) or is named twice, or if no path is named.
   * @example
   * const fields = userView.selectFields(String(request.query.fields).split(','));
   */
  selectFields(paths: readonly string[]): Selection<TPublic, C['public'], 'partial'>;

  /**
   * Returns the public part of a document from another source: a cache, a message, the raw driver.
   *
   * @param document - a plain object with the stored fields.
   * @param projection - the paths to keep; by default all that are public.
   * @returns a new object of exactly the projected shape. Every field may be missing, unless the type of `document` has them all.
   * @throws SchemaDriftError where a subdocument, a DBRef or a Code stands at a leaf, or an array where the view has none.
   * @throws RefusedCallError where the document is not a plain object, or the projection is refused.
   * @example
   * const shown = userView.pick(message.user, { username: 1 });
   */
  pick<const D extends object>(
    document: Written<D> & CheckPicked<TPublic, D>,
  ): Picked<TDoc, TPublic, D, Exposed<TPublic>>;
  pick<const D extends object, const P extends ProjectionShape<C>>(
    document: Written<D> & CheckPicked<TPublic, D>,
    projection: Written<P> & CheckProjection<TPublic, C, P>,
  ): Picked<TDoc, TPublic, D, ResultOf<TPublic, P>>;

  /**
   * Returns the JSON Schema of this view's results, for a response schema or OpenAPI. At run time a view knows paths and arrays but no
   * stored types, so a leaf accepts anything unless the description has a schema for it. No key is required, because a stored
   * document may lack any.
   *
   * @param projection - the paths of the results; by default all public paths.
   * @param description - schemas for leaves.
   * @returns a new, closed schema (`additionalProperties: false`).
   * @throws RefusedCallError if the projection is refused, or the description names a path that is not in it.
   * @example
   * const schema = userView.toJSONSchema();
   */
  toJSONSchema(): JSONSchema;
  toJSONSchema<const P extends ProjectionShape<C>>(
    projection: Written<P> & CheckProjection<TPublic, C, P>,
    description?: SchemaDescription<C>,
  ): JSONSchema;

  /**
   * Returns a Standard Schema of this view's results, for libraries that check what a program sends: the `output` of a tRPC procedure, for
   * example. It accepts a plain object that has only the projected paths, each of the kind that the view declares, and refuses every other
   * as a whole. Like the JSON Schema it knows no stored types, and no key is required.
   *
   * @param projection - the paths of the results; by default all public paths.
   * @returns a frozen schema. Its output is a new object, which `sendable()` accepts.
   * @throws RefusedCallError if the projection is refused.
   * @example
   * const schema = userView.toStandardSchema({ username: 1, email: 1 });
   * const result = schema['~standard'].validate({ username: 'ada', password_hash: 'x' });
   * if (result.issues) console.log(result.issues[0]?.message); // → 'password_hash' is not public in this view.
   */
  toStandardSchema(): ViewSchema<Exposed<TPublic>>;
  // Without NoInfer, a SafeDb infers no type of results from a view with audiences.
  toStandardSchema<const P extends ProjectionShape<C>>(
    projection: Written<P> & CheckProjection<TPublic, C, P>,
  ): ViewSchema<ResultOf<NoInfer<TPublic>, P>>;

  /**
   * Makes a wider or narrower view of the same documents. The extension has the parts of `defineView()`; the new view is the same as if
   * all had been written there. What the extension says about a path replaces what this view says about it. In `public`, `0` removes
   * a path. This view does not change.
   *
   * @param extension - the parts to add or to replace, and a `name` for the new view.
   * @returns a frozen view.
   * @throws ViewError if the extension is malformed, contradicts this view, or removes a path that this view does not have.
   * @example
   * const staffView = userView.extend({ name: 'staff', public: { internal_role: 1, age: 0 } });
   */
  extend<const E extends ExtensionOffer<TDoc>>(
    extension: WrittenAs<E, ExtensionOffer<TDoc>> & CheckExtension<TDoc, C, E>,
  ): ExtendedView<TDoc, C, E>;
}
