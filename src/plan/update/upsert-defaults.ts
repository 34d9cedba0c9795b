import type { CallContext } from '../../errors/call-context.ts';
import { isWithin } from '../../view/path.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { defaultValue } from './default-value.ts';
import type { CopiedEquality } from './upsert-equalities.ts';

/**
 * The paths whose defaults an upsert applies: no value was given for them. What the server may copy, and may not copy, gives none; the
 * default replaces it.
 */
export function defaultsFor(update: Emitted, copied: readonly CopiedEquality[], policy: ViewPolicy): readonly string[] {
  const { defaults } = policy.conventions;
  if (defaults.size === 0) return [];
  const fields = Object.values(update).flatMap((each) => Object.keys(each as object));
  const sure = copied.filter(({ isSure, values }) => isSure && values.length > 0);
  const given = [...fields, ...sure.map(({ path }) => path)];
  return [...defaults.keys()].filter((path) => !given.some((field) => isWithin(field, path)));
}

/** Adds the view's fields for a document that an upsert makes. */
export function withInsertion(update: Emitted, defaults: readonly string[], call: CallContext<ViewPolicy>): Emitted {
  const { conventions, stored } = call.policy;
  const onInsert = Object.assign(emptyDocument(), update['$setOnInsert']);
  if (conventions.createdAt !== undefined) onInsert[conventions.createdAt] = new Date();
  for (const path of defaults) onInsert[path] = defaultValue(conventions.defaults.get(path), path, stored, call);
  return Object.keys(onInsert).length === 0
    ? update
    : Object.assign(emptyDocument(), update, { $setOnInsert: onInsert });
}
