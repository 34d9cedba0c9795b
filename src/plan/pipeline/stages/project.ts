import { quote } from '../../../errors/quote.ts';
import type { Site } from '../../../errors/site.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../../input/copy-input.ts';
import { collisionIn, type PathCollision } from '../../../view/path-tree.ts';
import { isWithin, pathFault } from '../../../view/path.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName, requirePath } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { ProjectedShape } from '../projected-shape.ts';
import { scopeOf } from '../scope.ts';
import { withoutPaths, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue } from './field-value.ts';

/**
 * `$project`. All its forms return only the named fields, so `_id` is returned only if it is named. An exclusion is allowed only
 * in the middle of a pipeline.
 */
export function project(operand: InputCopy, context: StageContext): ParsedStage {
  const { site } = context;
  if (!isInputObject(operand)) return site.refuse('pipeline_value', '$project takes an object.', '$project');
  const marks = Object.entries(operand).filter(([path, mark]) => !(path === '_id' && isZero(mark)));
  if (marks.length > 0 && marks.every(([, mark]) => isZero(mark))) return exclude(operand, context);
  if (marks.length === 0)
    return site.refuse('projection_empty', 'A $project must return at least one field.', '$project');
  return include(marks, context);
}

/** Whether a `$project` is an inclusion, as the last stage has to be. */
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
    const field = isMark(path, mark, context)
      ? { emitted: 1, shape: requirePath(context.shape, path, '$project', context.site) }
      : computed(path, mark, context);
    emitted[path] = field.emitted;
    const other = after.add(path, field.shape);
    if (other !== undefined)
      context.site.refuse(
        'projection_collision',
        `$project names ${quote(path)} and ${quote(other)}: one contains the other.`,
        path,
      );
  }
  // The server refuses `_id: 0` together with a part of `_id` (code 31250).
  if (!Object.keys(emitted).some((path) => isWithin(path, '_id'))) emitted['_id'] = 0;
  return { emitted: emit('$project', emitted), shape: after.toShape(context.shape) };
}

function isMark(path: string, mark: InputCopy, { site }: StageContext): boolean {
  if (mark === 1 || mark === true) return true;
  if (typeof mark !== 'number' && typeof mark !== 'boolean') return false;
  return site.refuse(
    'projection_value',
    `$project takes 1, true or an expression at ${quote(path)}; write a constant as { $literal: … }.`,
    path,
  );
}

function computed(
  path: string,
  value: InputCopy,
  context: StageContext,
): { readonly emitted: unknown; readonly shape: Shape } {
  checkName(path, '$project', context.site);
  checkFieldValue(path, value, context, '$project');
  return parseExpression(value, scopeOf(context));
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
  return context.site.refuse('pipeline_value', '$unset takes a path, or a non-empty array of paths.', '$unset');
}

function without(
  stage: string,
  paths: readonly string[],
  { shape, site }: StageContext,
  operandOf: (paths: readonly string[]) => unknown,
): ParsedStage {
  // An `_id` that the view already left out may be left out again.
  const there = paths.filter((path) => path !== '_id' || shape.fields.has('_id'));
  if (there.length === 0) return site.refuse('projection_empty', `${stage} removes no existing field.`, stage);
  for (const path of there) {
    const fault = pathFault(path);
    if (fault !== undefined) site.refuse('pipeline_path', `In ${stage}, ${fault}.`, path);
    requirePath(shape, path, stage, site);
  }
  const collision = collisionIn(there);
  if (collision !== undefined) refuseCollision(stage, collision, site);
  return { emitted: emit(stage, operandOf(there)), shape: withoutPaths(shape, there) };
}

function refuseCollision(stage: string, { path, other }: PathCollision, site: Site): never {
  const why =
    path === other
      ? `${quote(path)} twice: name each path once`
      : `${quote(path)} and ${quote(other)}: one contains the other`;
  return site.refuse('projection_collision', `${stage} names ${why}.`, path);
}
