import { quote } from '../../errors/quote.ts';
import { isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { readNamed } from './named-operands.ts';
import { reduce } from './reduce.ts';
import { bind, type Expression, type ParseExpression, type Scope } from './scope.ts';
import { allowScalar, type Shape } from './shape.ts';
import type { BindingOperator } from '../../grammar/expression-operators.ts';

type ParseBinding = (name: string, operand: InputCopy, scope: Scope, parse: ParseExpression) => Expression;

/** Operators that bind variables for an expression inside them. */
const PARSERS = {
  $let: letIn,
  $map: map,
  $filter: filter,
  $reduce: reduce,
} satisfies Record<BindingOperator, ParseBinding>;

export const BINDING: ReadonlyMap<string, ParseBinding> = new Map(Object.entries(PARSERS));

function letIn(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const names = ['vars', 'in'];
  const { vars, in: body } = readNamed(name, operand, { names, required: names }, scope.call);
  const { emitted: emittedVars, bound } = parseVariables(vars, name, scope, parse);
  const inside = parse(body, bind(scope, bound));
  const emitted = emit('vars', emittedVars);
  emitted['in'] = inside.emitted;
  return { emitted: emit(name, emitted), shape: inside.shape };
}

/** Variables, each with the expression of its value. */
export function parseVariables(
  vars: InputCopy,
  where: string,
  scope: Scope,
  parse: ParseExpression,
): { readonly emitted: Emitted; readonly bound: ReadonlyMap<string, Shape> } {
  if (!isInputObject(vars)) return scope.call.refuse('pipeline_value', `${where} takes an object of variables.`, where);
  const emitted = emptyDocument();
  const bound = new Map<string, Shape>();
  for (const [variable, value] of Object.entries(vars)) {
    const parsed = parse(value, scope);
    emitted[checkVariable(variable, scope)] = parsed.emitted;
    bound.set(variable, parsed.shape);
  }
  return { emitted, bound };
}

function map(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const operands = readNamed(name, operand, { names: ['input', 'as', 'in'], required: ['input', 'in'] }, scope.call);
  const input = parse(operands['input'], scope);
  const inside = parse(operands['in'], bind(scope, [[variableOf(operands, scope), input.shape]]));
  return {
    emitted: emit(name, rebuilt(operands, { input: input.emitted, in: inside.emitted })),
    shape: allowScalar(inside.shape),
  };
}

function filter(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const operands = readNamed(
    name,
    operand,
    { names: ['input', 'as', 'cond', 'limit'], required: ['input', 'cond'] },
    scope.call,
  );
  const input = parse(operands['input'], scope);
  const cond = parse(operands['cond'], bind(scope, [[variableOf(operands, scope), input.shape]]));
  const limit = operands['limit'] === undefined ? {} : { limit: parse(operands['limit'], scope).emitted };
  return {
    emitted: emit(name, rebuilt(operands, { input: input.emitted, cond: cond.emitted, ...limit })),
    shape: allowScalar(input.shape),
  };
}

/** The emitted operands in their original order. */
function rebuilt(operands: InputObject, emitted: Readonly<Record<string, unknown>>): object {
  const document = emptyDocument();
  for (const [name, value] of Object.entries(operands))
    document[name] = Object.hasOwn(emitted, name) ? emitted[name] : value;
  return document;
}

function variableOf(operands: InputObject, scope: Scope): string {
  return Object.hasOwn(operands, 'as') ? checkVariable(operands['as'], scope) : 'this';
}

function checkVariable(variable: InputCopy, { call }: Scope): string {
  if (typeof variable === 'string' && /^[a-z][A-Za-z0-9_]{0,63}$/.test(variable)) return variable;
  const which =
    typeof variable === 'string'
      ? `${quote(variable)} is not the name of a variable`
      : 'The name of a variable must be a string';
  return call.refuse(
    'pipeline_value',
    `${which}: it must start with a lower-case letter, followed by letters, digits and _.`,
  );
}
