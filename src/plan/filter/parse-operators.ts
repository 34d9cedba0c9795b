import { BSONRegExp } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { operatorsIn } from '../../values/op.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { openId, type Openable } from './open-id.ts';
import { isPlainScalar } from './plain-value.ts';
import { isWholeId, type IdFields } from './whole-id.ts';
import { BSON_TYPE_NAMES } from '../../grammar/bson-type-names.ts';
import {
  BRANCH_OPERATORS,
  EXACT_OPERATORS,
  OPAQUE_OPERATORS,
  type QueryOperator,
} from '../../grammar/query-operators.ts';

/** The place of operators, and a function to parse a filter inside them. */
export interface OperatorContext {
  readonly path: string;
  readonly access: 'any' | 'exact' | 'branch' | 'shown branch';
  readonly call: CallContext;
  readonly element: (filter: InputObject) => Emitted;
  /** The fields of the compound `_id` at this path. */
  readonly idFields: IdFields;
  /** The opaque id at this path, if there is one: its operands are sealed texts. */
  readonly opaque?: Openable | undefined;
}

type ParseOperand = (operand: InputCopy, context: OperatorContext, name: string) => unknown;

/** The query operators, each with the parser of its operand. */
const PARSERS = {
  $eq: scalar,
  $ne: scalar,
  $gt: scalar,
  $gte: scalar,
  $lt: scalar,
  $lte: scalar,
  $in: scalars,
  $nin: scalars,
  $all: scalars,
  $exists: boolean,
  $type: typeNames,
  $not: negated,
  $size: size,
  $mod: modulo,
  $bitsAllSet: mask,
  $bitsAnySet: mask,
  $bitsAllClear: mask,
  $bitsAnyClear: mask,
  $regex: pattern,
  $options: patternOptions,
  $elemMatch: element,
} satisfies Record<QueryOperator, ParseOperand>;

const OPERATORS: ReadonlyMap<string, ParseOperand> = new Map(Object.entries(PARSERS));

const OPAQUE: ReadonlySet<string> = new Set(OPAQUE_OPERATORS);

const EXACT: ReadonlySet<string> = new Set(EXACT_OPERATORS);

const ALLOWED_AT: Readonly<Record<'exact' | 'branch' | 'shown branch', ReadonlySet<string>>> = {
  exact: EXACT,
  branch: new Set(['$elemMatch']),
  'shown branch': new Set(BRANCH_OPERATORS),
};

const REFUSED_AT: Readonly<Record<'exact' | 'branch' | 'shown branch', string>> = {
  exact: 'is not public, so it only takes an exact match: a value, $eq or $in',
  branch: 'is a branch: name a leaf below it, or use $elemMatch',
  'shown branch': `is a branch: name a leaf below it. Here it takes ${BRANCH_OPERATORS.join(', ')}`,
};

const TYPE_NAMES: ReadonlySet<unknown> = new Set(BSON_TYPE_NAMES);

/** Parses the operators at one path and emits new ones. */
export function parseOperators(operators: InputObject, context: OperatorContext): Emitted {
  const emitted = emptyDocument();
  for (const name of Object.keys(operators)) {
    emitted[name] = parserOf(name, context)(operators[name], context, name);
  }
  if (Object.hasOwn(emitted, '$options') && !Object.hasOwn(emitted, '$regex')) {
    return refuseOperand(context, '$options', 'is only allowed together with $regex');
  }
  return emitted;
}

function parserOf(name: string, { access, path, call, idFields, opaque }: OperatorContext): ParseOperand {
  const parse = OPERATORS.get(name);
  if (parse === undefined) {
    return call.refuse('filter_operator', `${quote(name)} is not allowed in a filter (at ${quote(path)}).`, path);
  }
  if (opaque !== undefined && !OPAQUE.has(name))
    return call.refuse(
      'filter_operator',
      `${name} at ${quote(path)} is not allowed: an opaque id has no order and no parts, so it takes ${OPAQUE_OPERATORS.join(', ')}.`,
      path,
    );
  if (access === 'any' || ALLOWED_AT[access].has(name)) return parse;
  if (idFields !== undefined && EXACT.has(name)) return parse;
  return call.refuse('filter_operator', `${quote(path)} ${REFUSED_AT[access]}.`, path);
}

function refuseOperand({ call, path }: OperatorContext, name: string, takes: string): never {
  return call.refuse('filter_value', `${name} at ${quote(path)} ${takes}.`, path);
}

function isBranch({ access }: OperatorContext): boolean {
  return access === 'branch' || access === 'shown branch';
}

/** Comparing a whole branch would disclose its private fields; `null` only asks if it exists. */
function scalar(operand: InputCopy, context: OperatorContext, name: string): unknown {
  if (context.opaque !== undefined) return openId(operand, context.opaque, context.path, context.call);
  if (EXACT.has(name) && isWholeId(operand, context.idFields)) return operand;
  if (isBranch(context) && operand !== null)
    return refuseOperand(context, name, 'takes only null, because it is a branch');
  return isPlainScalar(operand) ? operand : refuseOperand(context, name, 'takes a scalar');
}

function scalars(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const { opaque } = context;
  if (opaque !== undefined && isInputArray(operand))
    return operand.map((each) => openId(each, opaque, context.path, context.call));
  const isElement = context.access === 'exact' ? isPlainScalar : isScalar;
  const isWhole = (each: InputCopy): boolean => EXACT.has(name) && isWholeId(each, context.idFields);
  return isInputArray(operand) && operand.every((each) => isWhole(each) || (!isBranch(context) && isElement(each)))
    ? operand
    : refuseOperand(context, name, 'takes an array of scalars');
}

function boolean(operand: InputCopy, context: OperatorContext, name: string): unknown {
  return typeof operand === 'boolean' ? operand : refuseOperand(context, name, 'takes true or false');
}

function typeNames(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const names: readonly InputCopy[] = isInputArray(operand) ? operand : [operand];
  return names.length > 0 && names.every((each) => TYPE_NAMES.has(each))
    ? operand
    : refuseOperand(context, name, `takes one or more of ${[...TYPE_NAMES].join(', ')}`);
}

function negated(operand: InputCopy, context: OperatorContext, name: string): unknown {
  if (operand instanceof BSONRegExp && context.access === 'any') return operand;
  const operators = operatorsIn(operand) ?? operand;
  if (!isInputObject(operators) || Object.keys(operators).length === 0) {
    return refuseOperand(context, name, 'takes operators or a RegExp');
  }
  return parseOperators(operators, context);
}

function size(operand: InputCopy, context: OperatorContext, name: string): unknown {
  return Number.isSafeInteger(operand) && (operand as number) >= 0
    ? operand
    : refuseOperand(context, name, 'takes a count');
}

function modulo(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const isPair =
    isInputArray(operand) && operand.length === 2 && operand.every(Number.isSafeInteger) && operand[0] !== 0;
  return isPair ? operand : refuseOperand(context, name, 'takes two integers: a divisor other than 0, and a remainder');
}

/** Bits as a number, or their positions. A negative or inexact number has bits that were not intended. */
function mask(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const isMask = isBits(operand) || (isInputArray(operand) && operand.length > 0 && operand.every(isBits));
  return isMask ? operand : refuseOperand(context, name, 'takes an integer of 0 or more, or an array of bit positions');
}

function isBits(bits: InputCopy): boolean {
  return Number.isSafeInteger(bits) && (bits as number) >= 0;
}

function pattern(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const isPattern = operand instanceof BSONRegExp || (typeof operand === 'string' && !operand.includes('\0'));
  return isPattern ? operand : refuseOperand(context, name, 'takes a string or a RegExp');
}

function patternOptions(operand: InputCopy, context: OperatorContext, name: string): unknown {
  const areOptions = typeof operand === 'string' && /^[imsx]*$/.test(operand);
  return areOptions ? operand : refuseOperand(context, name, 'takes the flags i, m, s and x');
}

/** The operand of an `$elemMatch`: operators for the elements themselves, or a filter over subdocuments. */
function element(operand: InputCopy, context: OperatorContext, name: string): unknown {
  if (!isInputObject(operand)) return refuseOperand(context, name, 'takes an object');
  const keys = Object.keys(operand);
  if (keys.length === 0) return refuseOperand(context, name, 'takes at least one condition');
  const comparesElements = keys.every((key) => OPERATORS.has(key));
  if (!comparesElements) return context.element(operand);
  if (context.access === 'any') return parseOperators(operand, context);
  return refuseOperand(context, name, 'takes a filter on the leaves below');
}
