import type { FunctionNode } from '../ast/functions.ts';
import { type Node, propertyName, withoutTypes } from '../ast/nodes.ts';
import { ANY_MEMBER } from '../ast/pattern-path.ts';
import type { SourceCode } from '../rule.ts';
import { exportedName, typeName } from './declared-names.ts';
import { hasDecorator } from './request-parameter.ts';
import { INPUT_DECORATORS, ROUTE_EXPORTS } from './request-words.ts';

type Path = readonly string[];
type IsInput = (code: SourceCode, fn: FunctionNode, at: number, path: Path) => boolean;

/** Whether a parameter, at a path of it, is request input itself and not a request: `@Body() body`, `{ input }` of tRPC, form data. */
export function isInputParameter(code: SourceCode, fn: FunctionNode, parameter: Node, path: Path): boolean {
  if (hasDecorator(parameter, INPUT_DECORATORS) || typeName(parameter) === 'FormData') return true;
  const at = fn.params.indexOf(parameter as FunctionNode['params'][number]);
  return FRAMEWORKS.some((isInput) => isInput(code, fn, at, path));
}

const FRAMEWORKS: readonly IsInput[] = [isServerAction, isOfPage, isOfResolver, isOfSocket];

/** The arguments of a server action come from the client: `'use server'` in the function, or in the file for its exports. */
function isServerAction(code: SourceCode, fn: FunctionNode): boolean {
  if (fn.body.type === 'BlockStatement' && hasDirective(fn.body.body)) return true;
  return exportedName(code, fn) !== undefined && hasDirective(code.ast.body);
}

function hasDirective(statements: readonly Node[]): boolean {
  return statements.some(
    (one) =>
      one.type === 'ExpressionStatement' && one.expression.type === 'Literal' && one.expression.value === 'use server',
  );
}

/** Whether a parameter, at a path of it, is input that a schema has checked. tRPC: `procedure.input(schema).mutation(({ input }) => …)`. */
export function isCheckedParameter(code: SourceCode, fn: FunctionNode, parameter: Node, path: Path): boolean {
  const { parent } = fn;
  if (fn.params[0] !== parameter || parent.type !== 'CallExpression') return false;
  const callee = withoutTypes(parent.callee);
  if (callee.type !== 'MemberExpression') return false;
  const isProcedure = /procedure|\.input\(/i.test(code.getText(callee.object));
  const isHandler = ['query', 'mutation', 'subscription'].includes(propertyName(code, callee) ?? '');
  return isProcedure && isHandler && isOneOf(path, ['input', 'rawInput']);
}

/** Next: `Page({ params, searchParams })`, and `GET(request, { params })`. */
function isOfPage(code: SourceCode, fn: FunctionNode, at: number, path: Path): boolean {
  const name = exportedName(code, fn) ?? '';
  if (at === 0 && (name === 'default' || name === 'generateMetadata')) return isOneOf(path, ['params', 'searchParams']);
  return at === 1 && ROUTE_EXPORTS.has(name) && isOneOf(path, ['params']);
}

/** GraphQL: `Query: { users: (parent, args) => … }`. */
function isOfResolver(code: SourceCode, fn: FunctionNode, at: number): boolean {
  const field = fn.parent;
  if (at !== 1 || field.type !== 'Property') return false;
  const type = field.parent.parent;
  return type?.type === 'Property' && /^(?:Query|Mutation|Subscription)$/.test(propertyName(code, type) ?? '');
}

/** `socket.on('edit', (data) => …)`. */
function isOfSocket(code: SourceCode, fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type !== 'CallExpression') return false;
  const callee = withoutTypes(parent.callee);
  const [event] = parent.arguments;
  if (callee.type !== 'MemberExpression' || event?.type !== 'Literal') return false;
  if (/^(?:connect|connection|disconnect|disconnecting|close|error|open)$/.test(String(event.value))) return false;
  return propertyName(code, callee) === 'on' && /(?:^|\.)(?:ws|(?:web)?socket)$/i.test(code.getText(callee.object));
}

function isOneOf([first = ANY_MEMBER]: Path, names: readonly string[]): boolean {
  return first === ANY_MEMBER || names.includes(first);
}
