import { quote } from '../../../errors/quote.ts';
import type { CallContext } from '../../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../../input/copy-input.ts';
import { collisionIn, type PathCollision } from '../../../view/path-tree.ts';
import { isWithin, pathFault } from '../../../view/path.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName, requirePath } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { ProjectedShape, type NamedField } from '../projected-shape.ts';
import { movingScopeOf } from '../scope.ts';
import { withoutPaths, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue, fieldsInside } from './field-value.ts';

/**
 * `$project`. All its forms return only the named fields, so `_id` is returned only if it is named. An exclusion is allowed only
 * in the middle of a pipeline.
 */
export function project(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  if (!isInputObject(operand)) return call.refuse('pipeline_value', '$project takes an object.', '$project');
  const marks = Object.entries(operand).filter(([path, mark]) => !(path === '_id' && isZero(mark)));
  if (marks.length > 0 && marks.every(([, mark]) => isZero(mark))) return exclude(operand, context);
  if (marks.length === 0)
    return call.refuse('projection_empty', 'A $project must return at least one field.', '$project');
  return include(marks, context);
}

/** Whether a `$project` brings fields in, and so says what comes out. */
export function isInclusion(operand: InputCopy): boolean {
  return isInputObject(operand) && Object.values(operand).some((mark) => !isZero(mark));
}

function isZero(mark: InputCopy): boolean {
  return mark === 0 || mark === false;
}

function include(marks: readonly (readonly [string, InputCopy])[], context: StageContext): ParsedStage {
  const emitted = emptyDocument();
  const after = new ProjectedShape();
  for (const [path, mark] of marks) {
    refuseBoth(path, mark, marks, context);
    for (const { field, expression } of fieldsOf(path, mark, '', context.shape, context)) {
      emitted[field.path] = expression;
      const other = after.add(field);
      if (other !== undefined) refuseNested(field.path, other, context);
    }
  }
  // The server refuses `_id: 0` together with a part of `_id` (code 31250).
  if (!Object.keys(emitted).some((path) => isWithin(path, '_id'))) emitted['_id'] = 0;
  return { emitted: emit('$project', emitted), shape: after.toShape(context.shape) };
}

/** An object and a path below its name would name the same branch in two ways. */
function refuseBoth(
  name: string,
  mark: InputCopy,
  marks: readonly (readonly [string, InputCopy])[],
  context: StageContext,
): void {
  if (!isInputObject(mark)) return;
  const other = marks.find(([path]) => path !== name && isWithin(path, name));
  if (other !== undefined) refuseNested(name, other[0], context);
}

function refuseNested(path: string, other: string, { call }: StageContext): never {
  return call.refuse(
    'projection_collision',
    `$project names ${quote(path)} and ${quote(other)}: one contains the other.`,
    path,
  );
}

/** A field as it is sent. */
interface Written {
  readonly field: NamedField;
  readonly expression: unknown;
}

/** The fields that one entry names: the path itself, or the fields of an object over an existing branch. */
function fieldsOf(
  name: string,
  mark: InputCopy,
  prefix: string,
  here: Shape,
  context: StageContext,
): readonly Written[] {
  const path = `${prefix}${name}`;
  const inside = fieldsInside(name, mark, here);
  if (inside === undefined) return [fieldAt(path, name, mark, here, context)];
  // The presence of the branch and its number of elements decide where a field is added.
  context.notes.keep(inside);
  return Object.entries(mark as InputObject).flatMap(([key, below]) => {
    checkName(key, '$project', context.call);
    return fieldsOf(key, below, `${path}.`, inside, context);
  });
}

function fieldAt(path: string, name: string, mark: InputCopy, here: Shape, context: StageContext): Written {
  if (isMark(path, mark, context)) {
    const shape = requirePath(context.shape, path, '$project', context.call);
    return { field: { path, shape, isComputed: false }, expression: 1 };
  }
  checkName(name, '$project', context.call);
  checkFieldValue(name, mark, { ...context, shape: here }, '$project');
  const { emitted, shape } = parseExpression(mark, movingScopeOf(context));
  return { field: { path, shape, isComputed: true }, expression: emitted };
}

function isMark(path: string, mark: InputCopy, { call }: StageContext): boolean {
  if (mark === 1 || mark === true) return true;
  if (typeof mark !== 'number' && typeof mark !== 'boolean') return false;
  return call.refuse(
    'projection_value',
    `$project takes 1, true or an expression at ${quote(path)}; write a constant as { $literal: … }.`,
    path,
  );
}

function exclude(marks: InputObject, context: StageContext): ParsedStage {
  return without('$project', Object.keys(marks), context, (paths) => {
    const emitted = emptyDocument();
    for (const path of paths) emitted[path] = 0;
    return emitted;
  });
}

/** `$unset`: a path, or an array of them. */
export function unset(operand: InputCopy, context: StageContext): ParsedStage {
  const paths: readonly InputCopy[] = isInputArray(operand) ? operand : [operand];
  if (paths.length > 0 && paths.every((path) => typeof path === 'string'))
    return without('$unset', paths, context, (all) => [...all]);
  return context.call.refuse('pipeline_value', '$unset takes a path, or a non-empty array of paths.', '$unset');
}

function without(
  stage: string,
  paths: readonly string[],
  { shape, call }: StageContext,
  operandOf: (paths: readonly string[]) => unknown,
): ParsedStage {
  // An `_id` that the view already left out may be left out again.
  const there = paths.filter((path) => path !== '_id' || shape.fields.has('_id'));
  if (there.length === 0) return call.refuse('projection_empty', `${stage} removes no existing field.`, stage);
  for (const path of there) {
    const fault = pathFault(path);
    if (fault !== undefined) call.refuse('pipeline_path', `In ${stage}, ${fault}.`, path);
    requirePath(shape, path, stage, call);
  }
  const collision = collisionIn(there);
  if (collision !== undefined) refuseCollision(stage, collision, call);
  return { emitted: emit(stage, operandOf(there)), shape: withoutPaths(shape, there) };
}

function refuseCollision(stage: string, { path, other }: PathCollision, call: CallContext): never {
  const why =
    path === other
      ? `${quote(path)} twice: name each path once`
      : `${quote(path)} and ${quote(other)}: one contains the other`;
  return call.refuse('projection_collision', `${stage} names ${why}.`, path);
}
