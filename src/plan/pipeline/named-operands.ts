import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import type { ParseExpression, Scope } from './scope.ts';
import { COMPUTED, type Shape } from './shape.ts';

/** All named operands of an operator, and the required ones. */
export interface Names {
  readonly names: readonly string[];
  readonly required: readonly string[];
}

/** The parsed named operands of an operator. */
export interface NamedOperands {
  readonly emitted: Emitted;
  readonly shapeOf: (name: string) => Shape;
}

/** Reads an object of named operands. Refuses unknown names and missing operands. */
export function readNamed(
  operator: string,
  operand: InputCopy,
  { names, required }: Names,
  call: CallContext,
): InputObject {
  const takes = `${operator} takes an object with ${names.join(', ')}`;
  if (!isInputObject(operand)) return call.refuse('pipeline_value', `${takes}.`, operator);
  const surplus = Object.keys(operand).find((name) => !names.includes(name));
  if (surplus !== undefined)
    return call.refuse('pipeline_value', `${takes}; ${quote(surplus)} is not one of them.`, operator);
  const missing = required.find((name) => !Object.hasOwn(operand, name));
  if (missing !== undefined) return call.refuse('pipeline_value', `${takes}; ${quote(missing)} is missing.`, operator);
  return operand;
}

/** Parses named operands that are all expressions. */
export function parseNamed(
  operator: string,
  operand: InputCopy,
  names: Names,
  scope: Scope,
  parse: ParseExpression,
): NamedOperands {
  const emitted = emptyDocument();
  const shapes = new Map<string, Shape>();
  for (const [name, value] of Object.entries(readNamed(operator, operand, names, scope.call))) {
    const parsed = parse(value, scope);
    emitted[name] = parsed.emitted;
    shapes.set(name, parsed.shape);
  }
  return { emitted, shapeOf: (name) => shapes.get(name) ?? COMPUTED };
}
