import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';
import type { FunctionNode } from './functions.ts';
import { INPUT_DECORATORS, REQUEST_DECORATORS, REQUEST_TYPES, ROUTE_METHODS } from './request-words.ts';

const HANDLER_KEYS: ReadonlySet<string> = new Set(['handler', 'handle', 'preHandler', 'preValidation', 'onRequest']);

/** Whether a parameter is a request by its type, its decorator, or because its function is the handler of a route. */
export function isRequestParameter(code: SourceCode, fn: FunctionNode, parameter: Node): boolean {
  const type = typeName(parameter);
  if (type !== undefined) return REQUEST_TYPES.has(type);
  return hasDecorator(parameter, REQUEST_DECORATORS) || (fn.params[0] === parameter && isRouteHandler(code, fn));
}

/** Whether a parameter is request input itself: `@Body() body`. */
export function isInputParameter(parameter: Node): boolean {
  return hasDecorator(parameter, INPUT_DECORATORS);
}

/** The last name of a parameter's type annotation: `Request` in `express.Request<Params>`. */
export function typeName(parameter: Node): string | undefined {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (target.type !== 'Identifier' && target.type !== 'ObjectPattern') return undefined;
  const annotation = target.typeAnnotation?.typeAnnotation;
  if (annotation === undefined) return undefined;
  if (annotation.type !== 'TSTypeReference') return '';
  return annotation.typeName.type === 'TSQualifiedName'
    ? annotation.typeName.right.name
    : annotation.typeName.type === 'Identifier'
      ? annotation.typeName.name
      : '';
}

function hasDecorator(parameter: Node, names: ReadonlySet<string>): boolean {
  const decorators: readonly TSESTree.Decorator[] = 'decorators' in parameter ? (parameter.decorators ?? []) : [];
  return decorators.some(({ expression }) => {
    const named = expression.type === 'CallExpression' ? expression.callee : expression;
    return named.type === 'Identifier' && names.has(named.name);
  });
}

/** `app.get('/users', …, (r, response) => …)`, and `{ method: 'GET', handler: (r) => … }`. */
function isRouteHandler(code: SourceCode, fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type === 'Property') return HANDLER_KEYS.has(propertyName(code, parent) ?? '');
  if (parent.type !== 'CallExpression') return false;
  const callee = withoutTypes(parent.callee);
  const [path] = parent.arguments;
  if (callee.type !== 'MemberExpression' || path?.type !== 'Literal' || typeof path.value !== 'string') return false;
  return ROUTE_METHODS.has(propertyName(code, callee) ?? '') && /^[/*]/.test(path.value);
}
