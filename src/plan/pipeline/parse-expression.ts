import { quote } from '../../errors/quote.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emptyDocument } from '../emit.ts';
import { assertAllowed } from './assert-allowed.ts';
import { checkName, requirePath } from './field-path.ts';
import { DOCUMENT_VARIABLES, VALUE_VARIABLES } from './operator-table.ts';
import { parseOperator } from './parse-operator.ts';
import { computing, type Expression, type Scope } from './scope.ts';
import { branch, COMPUTED, hasOpaque, merge, ofAnyDepth, allowScalar, shapeAt, type Shape } from './shape.ts';

/**
 * Parses an aggregation expression and emits a new one. A string that begins with `$` names a field or a variable, which has to
 * exist; every other string is a constant. Operators come from closed tables. The paths that it reads of a view are noted.
 */
export function parseExpression(value: InputCopy, scope: Scope): Expression {
  if (typeof value === 'string') return { emitted: value, shape: readText(value, scope) };
  if (isScalar(value)) return { emitted: value, shape: COMPUTED };
  const parsed = parseParts(value, scope);
  scope.notes.countFields(parsed.shape);
  return parsed;
}

function parseParts(value: InputCopy, scope: Scope): Expression {
  if (isInputArray(value)) return parseElements(value, scope);
  if (isInputObject(value)) return parseObject(value, scope);
  return scope.call.refuse(
    'pipeline_value',
    'op() and trusted() are for filters; write the operators of an expression as plain objects.',
  );
}

/** The shape of a string: a variable, a field path, or a constant. */
function readText(text: string, scope: Scope): Shape {
  if (!text.startsWith('$')) return COMPUTED;
  const shape = text.startsWith('$$')
    ? shapeOfVariable(text.slice(2), scope)
    : requirePath(scope.shape, text.slice(1), 'an expression', scope.call);
  if (scope.moves !== true && hasOpaque(shape)) refuseOpaque(text, scope);
  assertAllowed(shape, text, scope);
  scope.notes.read(shape);
  return ofAnyDepth(shape);
}

function refuseOpaque(text: string, { call }: Scope): never {
  return call.refuse(
    'pipeline_expression',
    `${quote(text)} is or contains an opaque id, which no expression may compute with. It may become a field as it is (in $project, $addFields, and as the _id or an accumulator of $group), and a $match may compare it with a sealed id.`,
    text,
  );
}

function shapeOfVariable(text: string, { shape, variables, call }: Scope): Shape {
  const [name, ...path] = text.split('.') as [string, ...string[]];
  if (VALUE_VARIABLES.has(name) && path.length === 0) return COMPUTED;
  const bound = DOCUMENT_VARIABLES.has(name) ? shape : variables.get(name);
  if (bound === undefined) {
    return call.refuse(
      'pipeline_expression',
      `${quote(`$$${name}`)} is not defined here; the system variables are $$ROOT, $$CURRENT, $$NOW and $$REMOVE. The \`let\` of a $lookup is only for the $expr of a $match in its own pipeline.`,
      `$$${name}`,
    );
  }
  if (path.length === 0) return bound;
  return shapeAt(bound, path.join('.')) ?? requirePath(bound, path.join('.'), `$$${name}`, call);
}

function parseElements(elements: readonly InputCopy[], scope: Scope): Expression {
  const parsed = elements.map((element) => parseExpression(element, computing(scope)));
  return {
    emitted: parsed.map(({ emitted }) => emitted),
    shape: allowScalar(
      merge(
        parsed.map(({ shape }) => shape),
        scope.notes,
      ),
    ),
  };
}

function parseObject(object: InputObject, scope: Scope): Expression {
  const keys = Object.keys(object);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined) return parseFields(object, scope);
  if (keys.length === 1) return parseOperator(operator, object[operator], computing(scope), parseExpression);
  return scope.call.refuse(
    'pipeline_expression',
    `${quote(operator)} is next to other keys; an expression has exactly one operator.`,
    operator,
  );
}

/** An object of expressions: a document with those fields. */
function parseFields(object: InputObject, scope: Scope): Expression {
  const emitted = emptyDocument();
  const fields = new Map<string, Shape>();
  for (const [name, value] of Object.entries(object)) {
    checkName(name, 'an expression', scope.call);
    const parsed = parseExpression(value, scope);
    emitted[name] = parsed.emitted;
    fields.set(name, parsed.shape);
  }
  return { emitted, shape: branch(fields) };
}
