import type { CallContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';

/** The views of each value that `defineAudiences()` made, by audience. */
const audiences = new WeakMap<object, ReadonlyMap<string, object>>();

export function issueAudiences(made: object, views: ReadonlyMap<string, object>): void {
  audiences.set(made, views);
}

/** The view of an audience. Throws if the view has no such audience. */
export function viewFor(audience: unknown, view: object, call: CallContext): object {
  const views = audiences.get(view);
  if (views === undefined)
    return call.refuse(
      'audience_unknown',
      'The view of this collection has no audiences: make them with defineAudiences().',
    );
  const found = typeof audience === 'string' ? views.get(audience) : undefined;
  return (
    found ??
    call.refuse(
      'audience_unknown',
      `forAudience() takes one of the audiences of the view: ${[...views.keys()].map(quote).join(', ')}.`,
    )
  );
}
