import { definitionContext, type CallContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import { isPlainObject, readObject } from '../input/read.ts';
import type { AudiencesOf, AudiencesOffer, AudienceViews, CheckAudiences } from '../types/audiences.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { View } from '../types/view.ts';
import type { WrittenAs } from '../types/written.ts';
import { issueAudiences } from './audiences.ts';
import { issueView, policyIn, policyOf } from './policies.ts';
import { scopePathsOf, type ViewPolicy } from './policy.ts';
import { smallestOf } from './smallest-policy.ts';
import { SPEC_VALUES } from './spec-values.ts';

/**
 * Declares the views of one collection in one place: what anybody may see of a document, its owner, an administrator. Each audience is an
 * extension of the view (the parts of `extend()`, named by its key), or a view of the same documents.
 *
 * The result is a view itself, that of the smallest audience, and can be used wherever a view is. Its collections have
 * `forAudience('self')`. Audiences never add up: a collection has the view of one.
 *
 * @param view - the view that the audiences extend.
 * @param audiences - the audiences. One of them has to be contained in all others: a call without an audience sees it.
 * @returns the audiences, with their views in `views`.
 * @throws ViewError if an audience is malformed, has another scope or shard key, or if none is contained in all others.
 * @example
 * const userAudiences = defineAudiences(userView, {
 *   public: { public: { email: 0 } },
 *   self: {},
 *   admin: { public: { internal_role: 1 } },
 * });
 * const users = new SafeCollection(db.collection<User>('users'), userAudiences);
 * const own = await users.forAudience('self').findOne({ username }, { projection: ['username', 'email'] });
 */
export function defineAudiences<TDoc, TPublic, C extends Capabilities, const A extends AudiencesOffer<TDoc>>(
  view: View<TDoc, TPublic, C>,
  audiences: WrittenAs<A, AudiencesOffer<TDoc>> & CheckAudiences<TDoc, C, A>,
): AudiencesOf<TDoc, AudienceViews<TDoc, C, A>>;
export function defineAudiences(base: unknown, audiences: unknown): object {
  const call = definitionContext('defineAudiences', policyIn(base)?.name);
  const policy = policyOf(base, call);
  const views = new Map<string, object>();
  for (const [name, described] of readObject(audiences, 'the object of audiences', call))
    views.set(name, viewOf(base as View<object, object, Capabilities>, name, described, call));
  const policies = new Map([...views].map(([name, view]) => [name, policyOf(view, call)] as const));
  for (const [name, own] of policies) assertSameRows(name, own, policy, call);
  const smallest = smallestName(policies, call);
  return makeAudiences(views, views.get(smallest) as object, policies.get(smallest) as ViewPolicy);
}

function makeAudiences(views: ReadonlyMap<string, object>, smallest: object, policy: ViewPolicy): object {
  const named = Object.freeze(Object.assign(Object.create(null) as object, Object.fromEntries(views)));
  const made = Object.freeze({ ...smallest, views: named });
  issueView(made, policy);
  issueAudiences(made, views);
  return made;
}

function viewOf(base: View<object, object, Capabilities>, name: string, described: unknown, call: CallContext): object {
  if (policyIn(described) !== undefined) return described as object;
  if (!isPlainObject(described))
    return call.refuse(
      'view_value',
      `The audience ${quote(name)} must be a view, or an object with the parts that it changes in the view.`,
      name,
    );
  const parts = readObject(described, `the audience ${quote(name)}`, call, SPEC_VALUES.public);
  return base.extend({ name, ...Object.fromEntries(parts) } as never);
}

/** An audience decides which fields a call sees, not whose rows. */
function assertSameRows(name: string, policy: ViewPolicy, base: ViewPolicy, call: CallContext): void {
  if (rowsOf(policy) === rowsOf(base)) return;
  call.refuse(
    'view_contradiction',
    `The audience ${quote(name)} has another \`scope\` or \`shardKey\` than the view: all audiences of a collection have the same.`,
    name,
  );
}

function rowsOf(policy: ViewPolicy): string {
  return JSON.stringify([policy.scope === 'shared', scopePathsOf(policy).toSorted(), policy.shardKey]);
}

function smallestName(policies: ReadonlyMap<string, ViewPolicy>, call: CallContext): string {
  const [smallest, other] = smallestOf(policies);
  if (smallest === undefined)
    return call.refuse(
      'view_contradiction',
      'None of the audiences is contained in all others. One has to be, because a call without an audience sees it.',
    );
  if (other !== undefined)
    return call.refuse(
      'view_contradiction',
      `The audiences ${quote(smallest)} and ${quote(other)} allow the same: leave one out.`,
      other,
    );
  return smallest;
}
