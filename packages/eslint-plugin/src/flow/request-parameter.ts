import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../ast/functions.ts';
import { type Node, propertyName, variableOf, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';
import { callsOf } from './calls.ts';
import { exportedName, nameOfType, typeName } from './declared-names.ts';
import {
  HANDLER_TYPES,
  REQUEST_DECORATORS,
  REQUEST_TYPES,
  RESPONSE_NAMES,
  ROUTE_EXPORTS,
  ROUTE_METHODS,
} from './request-words.ts';

const HANDLER_KEYS: ReadonlySet<string> = new Set(['handler', 'handle', 'preHandler', 'preValidation', 'onRequest']);

/** Whether a parameter is a request by its type, its decorator, or because its function is the handler of a route. */
export function isRequestParameter(code: SourceCode, fn: FunctionNode, parameter: Node): boolean {
  const type = typeName(parameter);
  if (type !== undefined && REQUEST_TYPES.has(type)) return true;
  if (hasDecorator(parameter, REQUEST_DECORATORS)) return true;
  if (fn.params[0] !== parameter) return false;
  if (isBeforeResponse(fn) || ROUTE_EXPORTS.has(exportedName(code, fn) ?? '')) return true;
  return type === undefined && isHandler(code, fn);
}

export function hasDecorator(parameter: Node, names: ReadonlySet<string>): boolean {
  const decorators: readonly TSESTree.Decorator[] = 'decorators' in parameter ? (parameter.decorators ?? []) : [];
  return decorators.some(({ expression }) => {
    const named = expression.type === 'CallExpression' ? expression.callee : expression;
    const name = named.type === 'MemberExpression' ? named.property : named;
    return name.type === 'Identifier' && names.has(name.name);
  });
}

/** `(r, res) => …`. */
function isBeforeResponse({ params }: FunctionNode): boolean {
  const [, second] = params;
  return second?.type === 'Identifier' && RESPONSE_NAMES.has(second.name);
}

function isHandler(code: SourceCode, fn: FunctionNode): boolean {
  const { parent } = fn;
  const declared = parent.type === 'VariableDeclarator' ? typeName(parent.id) : undefined;
  if (declared !== undefined) return HANDLER_TYPES.has(declared);
  if (parent.type === 'TSSatisfiesExpression' || parent.type === 'TSAsExpression')
    return HANDLER_TYPES.has(nameOfType(parent.typeAnnotation));
  return (
    isGivenToRoute(code, fn) ||
    namesOf(code, fn).some((name) => isGivenToRoute(code, name)) ||
    callsOf(code, fn).some(({ call, given }) => given === undefined && isRoute(code, call))
  );
}

/** Where a function is named: `list` in `app.get('/users', wrap(list))`. */
function namesOf(code: SourceCode, fn: FunctionNode): readonly Node[] {
  const declared =
    fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null;
  if (declared?.type !== 'Identifier') return [];
  return (variableOf(code, declared)?.references ?? []).map(({ identifier }) => identifier as Node);
}

/** `app.get('/users', …, (r) => …)`, `app.get('/users', wrap((r) => …))`, and `{ method: 'GET', handler: (r) => … }`. */
function isGivenToRoute(code: SourceCode, node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'Property') return HANDLER_KEYS.has(propertyName(code, parent) ?? '');
  if (parent?.type !== 'CallExpression' || parent.callee === node) return false;
  return isRoute(code, parent) || (withoutTypes(parent.callee).type === 'Identifier' && isGivenToRoute(code, parent));
}

function isRoute(code: SourceCode, call: Node): boolean {
  if (call.type !== 'CallExpression') return false;
  const callee = withoutTypes(call.callee);
  const [path] = call.arguments;
  if (callee.type !== 'MemberExpression' || path?.type !== 'Literal' || typeof path.value !== 'string') return false;
  return ROUTE_METHODS.has(propertyName(code, callee) ?? '') && /^[/*]/.test(path.value);
}
