import { BSONRegExp, Decimal128, Double, Int32, Long } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { operatorsIn } from '../../values/op.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { assertKind } from '../../view/assert-kind.ts';
import type { Place } from '../../view/stored-place.ts';
import { emptyDocument } from '../emit.ts';
import type { UpdatePath } from './update-path.ts';
import type { WorksOn } from './update-place.ts';
import type { UpdateRules } from './update-rules.ts';
import type {
  PushModifier,
  SilentOperator,
  UpdateOperator as UpdateOperatorName,
} from '../../grammar/update-operators.ts';

/** The path of an operand, and the rules that apply there. */
export interface OperandContext {
  readonly operator: string;
  readonly path: UpdatePath;
  /** What the view knows about the end of the path. */
  readonly place: Place | undefined;
  readonly rules: UpdateRules;
  readonly call: CallContext;
}

/** One update operator: the parser of its operand, and what it may reveal about the stored value. */
interface UpdateOperator {
  readonly operand: (operand: InputCopy, context: OperandContext) => unknown;
  /** Whether its effect, its count or its failure may reveal the stored value. Then the path has to be filterable too. */
  readonly tellsStored: boolean;
  /** At which arrays of subdocuments it is allowed: any, because it only adds an element; those that the view calls whole; or none. */
  readonly atElements: 'any' | 'whole' | 'none';
  readonly worksOn: WorksOn;
  /** Whether it is allowed at an opaque id. */
  readonly atOpaque: boolean;
}

const OPERATORS = {
  $set: { operand: stored, tellsStored: false, atElements: 'whole', worksOn: 'anything', atOpaque: true },
  $setOnInsert: { operand: stored, tellsStored: false, atElements: 'whole', worksOn: 'anything', atOpaque: true },
  $unset: { operand: unsetMark, tellsStored: false, atElements: 'whole', worksOn: 'anything', atOpaque: true },
  $inc: { operand: numeric, tellsStored: true, atElements: 'none', worksOn: 'single values', atOpaque: false },
  $mul: { operand: numeric, tellsStored: true, atElements: 'none', worksOn: 'single values', atOpaque: false },
  $min: { operand: comparable, tellsStored: true, atElements: 'none', worksOn: 'single values', atOpaque: false },
  $max: { operand: comparable, tellsStored: true, atElements: 'none', worksOn: 'single values', atOpaque: false },
  $push: { operand: pushed, tellsStored: true, atElements: 'any', worksOn: 'arrays', atOpaque: true },
  $addToSet: { operand: added, tellsStored: true, atElements: 'whole', worksOn: 'arrays', atOpaque: true },
  $pull: { operand: pulled, tellsStored: true, atElements: 'whole', worksOn: 'arrays', atOpaque: true },
  $pullAll: { operand: each, tellsStored: true, atElements: 'whole', worksOn: 'arrays', atOpaque: true },
  $pop: { operand: end, tellsStored: true, atElements: 'whole', worksOn: 'arrays', atOpaque: true },
  $currentDate: { operand: now, tellsStored: true, atElements: 'none', worksOn: 'single values', atOpaque: false },
} satisfies {
  readonly [Name in UpdateOperatorName]: UpdateOperator & {
    readonly tellsStored: Name extends SilentOperator ? false : true;
  };
};

/** The update operators, each with its rules. */
export const UPDATE_OPERATORS: ReadonlyMap<string, UpdateOperator> = new Map(Object.entries(OPERATORS));

function refuse({ operator, path, call }: OperandContext, takes: string): never {
  return call.refuse('write_value', `${operator} at ${quote(path.written)} takes ${takes}.`, path.written);
}

function stored(operand: InputCopy, { path, place, rules, call }: OperandContext): InputCopy {
  const value = rules.checkValue(operand, path, call);
  if (place !== undefined) assertKind(value, place.node, call, place.depths);
  return value;
}

function unsetMark(operand: InputCopy, context: OperandContext): unknown {
  return operand === '' || operand === 1 || operand === true ? operand : refuse(context, "'', 1 or true");
}

function numeric(operand: InputCopy, context: OperandContext): unknown {
  const isNumber =
    Number.isFinite(operand) ||
    typeof operand === 'bigint' ||
    operand instanceof Long ||
    operand instanceof Int32 ||
    (operand instanceof Double && Number.isFinite(operand.value)) ||
    (operand instanceof Decimal128 && !/NaN|Inf/.test(operand.toString()));
  return isNumber ? operand : refuse(context, 'a finite number');
}

function comparable(operand: InputCopy, context: OperandContext): unknown {
  return isScalar(operand) && !(operand instanceof BSONRegExp) ? operand : refuse(context, 'a scalar');
}

function end(operand: InputCopy, context: OperandContext): unknown {
  return operand === 1 || operand === -1 ? operand : refuse(context, '1 (last) or -1 (first)');
}

function now(operand: InputCopy, context: OperandContext): unknown {
  return operand === true ? operand : refuse(context, 'true');
}

type ParseModifier = (value: InputCopy, context: OperandContext) => unknown;

const MODIFIERS = { $each: each, $slice: slice, $position: position, $sort: pushSort } satisfies Record<
  PushModifier,
  ParseModifier
>;

/** The other modifiers of `$push` besides `$each`, each with its parser. */
const PUSH_MODIFIERS: ReadonlyMap<string, ParseModifier> = new Map(Object.entries(MODIFIERS));

function pushed(operand: InputCopy, context: OperandContext): unknown {
  const modifiers = operatorsIn(operand);
  if (modifiers === undefined) return element(operand, context);
  return modified(modifiers, PUSH_MODIFIERS, context);
}

function added(operand: InputCopy, context: OperandContext): unknown {
  const modifiers = operatorsIn(operand);
  if (modifiers === undefined) return element(operand, context);
  return modified(modifiers, new Map([['$each', each]]), context);
}

function modified(modifiers: InputObject, allowed: typeof PUSH_MODIFIERS, context: OperandContext): unknown {
  if (!Object.hasOwn(modifiers, '$each')) return refuse(context, 'a value, or op({ $each: [ … ] })');
  const emitted = emptyDocument();
  for (const [name, value] of Object.entries(modifiers)) {
    const parse = allowed.get(name);
    if (parse === undefined) return refuse(context, `${[...allowed.keys()].join(', ')}, not ${quote(name)}`);
    emitted[name] = parse(value, context);
  }
  return emitted;
}

function element(operand: InputCopy, context: OperandContext): unknown {
  const { path, place, rules, call } = context;
  if (isInputObject(operand) && Object.keys(operand).some((key) => key.startsWith('$'))) {
    return refuse(context, 'modifiers only in op({ … }): a plain object could come from an injected body');
  }
  const value = rules.checkElement(operand, path, call);
  if (place !== undefined) assertKind(value, place.node, call, elementDepths(place));
  return value;
}

function elementDepths({ depths }: Place): Place['depths'] {
  return depths?.filter((depth) => depth > 0).map((depth) => depth - 1);
}

/** The elements of `$each` and of `$pullAll`. */
function each(value: InputCopy, context: OperandContext): unknown {
  return isInputArray(value) ? value.map((one) => element(one, context)) : refuse(context, 'an array at $each');
}

/** `$slice`. Removing elements of an array of subdocuments would also remove their private fields. */
function slice(value: InputCopy, context: OperandContext): unknown {
  if (!context.rules.mayDropElements(context.path))
    return refuse(context, 'no $slice: its elements have fields that are not writable');
  return Number.isSafeInteger(value) ? value : refuse(context, 'an integer at $slice');
}

function position(value: InputCopy, context: OperandContext): unknown {
  return Number.isSafeInteger(value) ? value : refuse(context, 'an integer at $position');
}

function pushSort(value: InputCopy, context: OperandContext): unknown {
  if (context.rules.opaqueAt(context.path.field) !== undefined)
    return refuse(context, 'no $sort: its elements are opaque ids, which have no order');
  if (value === 1 || value === -1)
    return context.rules.mayDropElements(context.path) ? value : refuse(context, '$sort by paths of its elements');
  if (!isInputObject(value) || Object.keys(value).length === 0)
    return refuse(context, '1, -1 or { path: 1 | -1 } at $sort');
  for (const [path, direction] of Object.entries(value)) {
    if (direction !== 1 && direction !== -1) refuse(context, '1 or -1 at each path of $sort');
    if (!context.rules.mayRead(`${context.path.field}.${path}`))
      refuse(context, `$sort by filterable paths, not ${quote(path)}`);
  }
  return value;
}

function pulled(operand: InputCopy, { path, rules, call }: OperandContext): unknown {
  return rules.predicate(operand, path, call);
}
