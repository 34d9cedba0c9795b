import type { Capabilities } from './capabilities.ts';
import type { Exposed } from './exposed.ts';
import type { JSONSchema, SchemaDescription } from './json-schema.ts';
import type { CheckPicked, Picked } from './picked.ts';
import type { CheckProjection, ProjectionShape, ResultOf, Selection, SelectionOf } from './projection.ts';
import type { viewTypes } from './view-types.ts';

/**
 * What of a document may be seen and touched. Made by `defineView()`, deep-frozen, and the source of both the types and
 * the run-time guard.
 */
export interface View<in out TDoc, in out TPublic, in out C extends Capabilities> {
  readonly [viewTypes]: {
    readonly document: (document: TDoc) => TDoc;
    readonly public: (document: TPublic) => TPublic;
    readonly capabilities: (capabilities: C) => C;
  };

  /**
   * A projection to be used again and again: parsed once, of the same type as where it is written out.
   *
   * @param projection - an inclusion object (`{ username: 1 }`) or an array of paths (`['username']`).
   * @returns a value for `options.projection` of every read on this view.
   * @throws RefusedCallError where a path is not public, is named twice, or none is named.
   * @example
   * const card = userView.select({ username: 1, 'profile.avatar': 1 });
   * await users.findOne({ username: 'ada' }, { projection: card });
   */
  select<const P extends ProjectionShape<C>>(projection: P & CheckProjection<TPublic, C, P>): SelectionOf<TPublic, P>;

  /**
   * A projection chosen at run time, as in `?fields=username,email`. Every field of its results may be missing.
   *
   * @param paths - paths that are public in this view; branches mean their public leaves.
   * @returns a value for `options.projection` of every read on this view.
   * @throws RefusedCallError where a path is not public (it is never left out silently), is named twice, or none is named.
   * @example
   * const fields = userView.selectFields(String(request.query.fields).split(','));
   */
  selectFields(paths: readonly string[]): Selection<TPublic, C['public'], 'partial'>;

  /**
   * The public part of a document that came from elsewhere: a cache, a message, the raw driver.
   *
   * @param document - a plain object with the stored fields.
   * @param projection - the paths to keep; by default all that are public.
   * @returns a new object of exactly the projected shape. Every field may be missing, unless the type of `document` has them all.
   * @throws SchemaDriftError where a subdocument, a DBRef or a Code stands at a leaf, or an array where the view has none.
   * @throws RefusedCallError where the document is not a plain object, or the projection is refused.
   * @example
   * const shown = userView.pick(message.user, { username: 1 });
   */
  pick<const D extends object>(document: D & CheckPicked<TPublic, D>): Picked<TDoc, TPublic, D, Exposed<TPublic>>;
  pick<const D extends object, const P extends ProjectionShape<C>>(
    document: D & CheckPicked<TPublic, D>,
    projection: P & CheckProjection<TPublic, C, P>,
  ): Picked<TDoc, TPublic, D, ResultOf<TPublic, P>>;

  /**
   * The JSON Schema of what this view returns, for a response schema or OpenAPI. A view knows paths and
   * arrays and no stored types at run time, so a leaf takes anything unless the description says more. No key is required: a
   * stored document may lack any.
   *
   * @param projection - the paths of the results; by default all that are public.
   * @param description - schemas of leaves.
   * @returns a new, closed schema (`additionalProperties: false`).
   * @throws RefusedCallError where the projection is refused, or the description names a path that is not in it.
   * @example
   * const schema = userView.toJSONSchema();
   */
  toJSONSchema(): JSONSchema;
  toJSONSchema<const P extends ProjectionShape<C>>(
    projection: P & CheckProjection<TPublic, C, P>,
    description?: SchemaDescription<C>,
  ): JSONSchema;
}
