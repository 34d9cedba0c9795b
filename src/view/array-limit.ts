import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { PROJECTION_OPERATORS, type ProjectionOperator } from '../grammar/projection-operators.ts';
import { isInputArray, type InputCopy, type InputObject } from '../input/copy-input.ts';
import { operatorsIn } from '../values/op.ts';
import type { PathTree } from './path-tree.ts';

/** The elements of an array that a projection returns: some by their position, or the first one that matches. */
export type ArrayLimit =
  | { readonly operator: '$slice'; readonly skip: number | undefined; readonly count: number }
  | { readonly operator: '$elemMatch'; readonly written: InputCopy };

/** The limits of a projection, by the path of the array. */
export type ArrayLimits = ReadonlyMap<string, ArrayLimit>;

export const NO_LIMITS: ArrayLimits = new Map();

/** The server takes 32-bit integers in a `$slice`. */
const LARGEST = 2 ** 31 - 1;

type ParseLimit = (operand: InputCopy, path: string, call: CallContext, written: InputCopy) => ArrayLimit;

const PARSERS = { $slice: slice, $elemMatch: elemMatch } satisfies Record<ProjectionOperator, ParseLimit>;

const OPERATORS: ReadonlyMap<string, ParseLimit> = new Map(Object.entries(PARSERS));

/**
 * Parses the operator at a path of a projection, or `undefined` if `op()` did not make the value. The conditions of an `$elemMatch` are
 * parsed as a filter by the methods that send them.
 */
export function parseLimit(written: unknown, path: string, view: PathTree, call: CallContext): ArrayLimit | undefined {
  const operators = operatorsIn(written);
  return operators && parseOperator(operators, written as InputCopy, path, view, call);
}

function parseOperator(
  operators: InputObject,
  written: InputCopy,
  path: string,
  view: PathTree,
  call: CallContext,
): ArrayLimit {
  const [name = '', ...others] = Object.keys(operators);
  const parse = OPERATORS.get(name);
  if (parse === undefined || others.length > 0)
    return call.refuse(
      'projection_value',
      `A projection takes ${PROJECTION_OPERATORS.join(' or ')} at ${quote(path)}, and only one of them.`,
      path,
    );
  const node = view.at(path);
  if (node === undefined)
    return call.refuse(
      'projection_path',
      `${quote(path)} is not public in this view: leave it out, or declare it.`,
      path,
    );
  const { depths } = node;
  if (depths === undefined || depths.every((depth) => depth === 0))
    return call.refuse(
      'projection_value',
      `${quote(path)} is not declared as an array in this view, so a projection takes no ${name} there.`,
      path,
    );
  if (name === '$elemMatch' && depths.some((depth) => depth > 1))
    return call.refuse(
      'projection_value',
      `${quote(path)} has arrays in its array, so a projection takes no $elemMatch there.`,
      path,
    );
  return parse(operators[name], path, call, written);
}

function slice(operand: InputCopy, path: string, call: CallContext): ArrayLimit {
  const [skip, count]: readonly InputCopy[] = isInputArray(operand) ? operand : [undefined, operand];
  const isPair = isInputArray(operand);
  const isRight = isPair
    ? operand.length === 2 && isPosition(skip) && isPosition(count) && count > 0
    : isPosition(count);
  if (isRight) return { operator: '$slice', skip: isPosition(skip) ? skip : undefined, count: count as number };
  return call.refuse(
    'projection_value',
    `$slice at ${quote(path)} takes an integer, or [skip, limit] with a limit of 1 or more.`,
    path,
  );
}

function isPosition(value: InputCopy): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= LARGEST;
}

function elemMatch(_operand: InputCopy, path: string, call: CallContext, written: InputCopy): ArrayLimit {
  if (!path.includes('.')) return { operator: '$elemMatch', written };
  return call.refuse(
    'projection_value',
    `A projection takes $elemMatch at a field of the document itself, as the server does, and not at ${quote(path)}.`,
    path,
  );
}
