import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { inputObject, type InputCopy } from '../../input/copy-input.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { isDocument } from '../emit.ts';
import { callerRules } from '../filter/filter-rules.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { assertFewConditions } from './assert-few-conditions.ts';
import { matchesElement, matchesValue } from './matches.ts';

const PLACE = 'the $elemMatch of a projection';

/** Makes the expression that says whether an element matches. */
export type ElementCondition = (element: string) => unknown;

/** Parses the `$elemMatch` of a projection by the rules of a filter: it may compare only filterable leaves. */
export function parseElementCondition(
  operators: InputCopy,
  path: string,
  call: CallContext<ViewPolicy>,
): ElementCondition {
  const { policy } = call;
  if (policy.opaque.at(path) !== undefined)
    return call.refuse(
      'projection_value',
      `A projection takes no $elemMatch at ${quote(path)}, whose elements are opaque ids: use $slice, or filter by it.`,
      path,
    );
  const filter = parseFilter(inputObject({ [path]: operators }), callerRules(policy), call)[path];
  const condition = isDocument(filter) ? filter['$elemMatch'] : undefined;
  if (!isDocument(condition)) return call.refuse('projection_value', `$elemMatch at '${path}' takes an object.`, path);
  assertFewConditions(condition, PLACE, call);
  const around = { stored: policy.stored, level: 0, call, place: PLACE, mayDrift: false };
  if (policy.public.at(path)?.kind !== 'branch')
    return (element) => matchesValue(condition, { ...around, value: element, below: [], path, isList: false });
  return (element) => matchesElement(condition, { ...around, element, array: path });
}
