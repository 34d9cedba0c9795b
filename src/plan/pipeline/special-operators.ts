import { isInputArray, type InputCopy, isInputObject } from '../../input/copy-input.ts';
import { emit, emptyDocument } from '../emit.ts';
import { assertAllowed } from './assert-allowed.ts';
import { BINDING } from './binding-operators.ts';
import { requirePath, checkName } from './field-path.ts';
import { parseNamed, readNamed } from './named-operands.ts';
import { parseSortBy } from './parse-sort-by.ts';
import type { Expression, ParseExpression, Scope } from './scope.ts';
import { branch, COMPUTED, isStored, merge, ofAnyDepth, allowScalar, type Shape } from './shape.ts';
import type { SpecialOperator } from '../../grammar/expression-operators.ts';
import { isScalar } from '../../view/leaf-kind.ts';

type ParseSpecial = (name: string, operand: InputCopy, scope: Scope, parse: ParseExpression) => Expression;

/** The operators that need a special rule, each with its parser. */
const PARSERS = {
  $literal: (name: string, operand: InputCopy, scope: Scope): Expression => wrapped(name, literal(operand, scope)),
  $cond: cond,
  $switch: switchOf,
  $mergeObjects: mergeObjects,
  $objectToArray: objectToArray,
  $getField: getField,
  $sortArray: sortArray,
  $zip: zip,
  $firstN: elements,
  $lastN: elements,
  $maxN: elements,
  $minN: elements,
  $regexFind: found,
  $regexFindAll: found,
  $dateToParts: dateToParts,
} satisfies Record<SpecialOperator, ParseSpecial>;

export const SPECIAL: ReadonlyMap<string, ParseSpecial> = new Map<string, ParseSpecial>([
  ...BINDING,
  ...Object.entries(PARSERS),
]);

const MATCH = branch(
  new Map([
    ['match', COMPUTED],
    ['idx', COMPUTED],
    ['captures', COMPUTED],
  ]),
  true,
);

const DATE_PARTS = branch(
  new Map(
    ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek'].map(
      (part) => [part, COMPUTED],
    ),
  ),
  true,
);

function wrapped(name: string, { emitted, shape }: Expression): Expression {
  return { emitted: emit(name, emitted), shape };
}

function cond(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  if (isInputArray(operand)) {
    if (operand.length !== 3) return scope.call.refuse('pipeline_value', '$cond takes [if, then, else].', name);
    const [test, then, otherwise] = operand.map((each) => parse(each, scope)) as [Expression, Expression, Expression];
    return {
      emitted: emit(name, [test.emitted, then.emitted, otherwise.emitted]),
      shape: merge([then.shape, otherwise.shape], scope.notes),
    };
  }
  const names = ['if', 'then', 'else'];
  const { emitted, shapeOf } = parseNamed(name, operand, { names, required: names }, scope, parse);
  return { emitted: emit(name, emitted), shape: merge([shapeOf('then'), shapeOf('else')], scope.notes) };
}

function switchOf(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const { branches, default: otherwise } = readNamed(
    name,
    operand,
    { names: ['branches', 'default'], required: ['branches'] },
    scope.call,
  );
  if (!isInputArray(branches) || branches.length === 0)
    return scope.call.refuse('pipeline_value', '$switch takes a non-empty array of branches.', name);
  const required = ['case', 'then'];
  const parsed = branches.map((each) =>
    parseNamed('a branch of $switch', each, { names: required, required }, scope, parse),
  );
  const emitted = emit(
    'branches',
    parsed.map((each) => each.emitted),
  );
  const shapes = parsed.map(({ shapeOf }) => shapeOf('then'));
  if (otherwise === undefined) return { emitted: emit(name, emitted), shape: merge(shapes, scope.notes) };
  const last = parse(otherwise, scope);
  emitted['default'] = last.emitted;
  return { emitted: emit(name, emitted), shape: merge([...shapes, last.shape], scope.notes) };
}

/** A document with known fields. A leaf is refused: if a subdocument were stored there, its keys would become fields. */
function documentOf(shape: Shape, name: string, { call }: Scope): Shape {
  return shape.kind === 'leaf'
    ? call.refuse('pipeline_value', `${name} needs a document, but this is a scalar.`, name)
    : shape;
}

function mergeObjects(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const parsed = (isInputArray(operand) ? operand : [operand]).map((each) => parse(each, scope));
  const documents = parsed.map(({ shape }) => shape).filter((shape) => shape.kind !== 'leaf' || isStored(shape));
  const shape =
    documents.length === 0
      ? branch(new Map())
      : merge(
          documents.map((each) => documentOf(each, name, scope)),
          scope.notes,
        );
  const emitted = parsed.map((each) => each.emitted);
  return {
    emitted: emit(name, isInputArray(operand) ? emitted : emitted[0]),
    shape: { ...shape, mayBeScalar: false },
  };
}

function objectToArray(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const { emitted, shape } = parse(operand, scope);
  const { kind, fields } = documentOf(shape, name, scope);
  const value = kind === 'subtree' ? shape : merge([...fields.values()], scope.notes);
  return {
    emitted: emit(name, emitted),
    shape: branch(
      new Map([
        ['k', COMPUTED],
        ['v', value],
      ]),
      true,
    ),
  };
}

/** `{ $getField: 'name' }`, or with an input. The name has to be a constant, because an expression could name any field. */
function getField(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  if (typeof operand === 'string') return { emitted: emit(name, operand), shape: fieldOf(operand, scope.shape, scope) };
  const names = ['field', 'input'];
  const { field, input } = readNamed(name, operand, { names, required: names }, scope.call);
  const parsed = parse(input, scope);
  const shape = fieldOf(field, parsed.shape, scope);
  const emitted = emptyDocument();
  emitted['field'] = field;
  emitted['input'] = parsed.emitted;
  return { emitted: emit(name, emitted), shape };
}

function fieldOf(field: InputCopy, shape: Shape, scope: Scope): Shape {
  if (typeof field === 'string' && !field.includes('.') && !field.startsWith('$')) {
    const value = requirePath(shape, field, '$getField', scope.call);
    assertAllowed(value, field, scope);
    scope.notes.read(value);
    return ofAnyDepth(value);
  }
  return scope.call.refuse('pipeline_value', '$getField takes the name of one field as a literal.', '$getField');
}

/** `$sortArray`. `sortBy` is a direction for scalars, or has paths of the elements. */
function sortArray(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const names = ['input', 'sortBy'];
  const { input, sortBy } = readNamed(name, operand, { names, required: names }, scope.call);
  const parsed = parse(input, scope);
  const emitted = emit('input', parsed.emitted);
  emitted['sortBy'] = sortBy === 1 || sortBy === -1 ? sortBy : parseSortBy(sortBy, { ...scope, shape: parsed.shape });
  return { emitted: emit(name, emitted), shape: allowScalar(parsed.shape) };
}

function zip(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const { emitted, shapeOf } = parseNamed(
    name,
    operand,
    { names: ['inputs', 'useLongestLength', 'defaults'], required: ['inputs'] },
    scope,
    parse,
  );
  if (!Array.isArray(emitted['inputs']))
    return scope.call.refuse('pipeline_value', '$zip takes its inputs as an array.', name);
  return {
    emitted: emit(name, emitted),
    shape: allowScalar(merge([shapeOf('inputs'), shapeOf('defaults')], scope.notes)),
  };
}

function elements(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const names = ['input', 'n'];
  const { emitted, shapeOf } = parseNamed(name, operand, { names, required: names }, scope, parse);
  return { emitted: emit(name, emitted), shape: allowScalar(shapeOf('input')) };
}

function found(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const { emitted } = parseNamed(
    name,
    operand,
    { names: ['input', 'regex', 'options'], required: ['input', 'regex'] },
    scope,
    parse,
  );
  return { emitted: emit(name, emitted), shape: MATCH };
}

function dateToParts(name: string, operand: InputCopy, scope: Scope, parse: ParseExpression): Expression {
  const { emitted } = parseNamed(
    name,
    operand,
    { names: ['date', 'timezone', 'iso8601'], required: ['date'] },
    scope,
    parse,
  );
  return { emitted: emit(name, emitted), shape: DATE_PARTS };
}

/** A `$literal`: the only place where a string that begins with `$` is text. */
function literal(value: InputCopy, scope: Scope): Expression {
  return { emitted: value, shape: shapeOfConstant(value, scope) };
}

function shapeOfConstant(value: InputCopy, scope: Pick<Scope, 'call' | 'notes'>): Shape {
  const { call, notes } = scope;
  if (isInputArray(value))
    return merge(
      value.map((each) => shapeOfConstant(each, scope)),
      notes,
    );
  if (isScalar(value)) return COMPUTED;
  if (!isInputObject(value))
    return call.refuse('pipeline_value', '$literal takes plain data, not the result of op() or trusted().', '$literal');
  const fields = new Map<string, Shape>();
  for (const [name, below] of Object.entries(value)) {
    checkName(name, '$literal', call);
    fields.set(name, shapeOfConstant(below, scope));
  }
  return branch(fields);
}
