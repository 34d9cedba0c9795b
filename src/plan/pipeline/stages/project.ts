import { quote } from '../../../errors/quote.ts';
import { isInertObject, type Inert, type InertObject } from '../../../inert/snapshot.ts';
import { isWithin, pathFault } from '../../../view/path.ts';
import { emit, emptyDocument, type Emitted } from '../../emit.ts';
import { checkName, requirePath } from '../field-path.ts';
import { parseExpression } from '../parse-expression.ts';
import { scopeOf } from '../scope.ts';
import { branch, withField, withoutPath, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { checkFieldValue } from './field-value.ts';

/**
 * `$project`. One rule for each of its forms: what is written comes out and nothing else, so `_id` comes out only where
 * it is named. A form that leaves fields out is for the middle of a pipeline.
 */
export function project(operand: Inert, context: StageContext): ParsedStage {
  const { site } = context;
  if (!isInertObject(operand)) return site.refuse('pipeline_value', '$project takes an object.', '$project');
  const marks = Object.entries(operand).filter(([path, mark]) => !(path === '_id' && isZero(mark)));
  if (marks.length > 0 && marks.every(([, mark]) => isZero(mark))) return exclude(operand, context);
  if (marks.length === 0) return site.refuse('projection_empty', 'A $project names at least one field that comes out.', '$project');
  return include(marks, context);
}

/** Whether a `$project` says what comes out, as the last stage has to. */
export function isInclusion(operand: Inert): boolean {
  return isInertObject(operand) && Object.values(operand).some((mark) => !isZero(mark));
}

function isZero(mark: Inert): boolean {
  return mark === 0 || mark === false;
}

function include(marks: readonly (readonly [string, Inert])[], context: StageContext): ParsedStage {
  const { shape, site } = context;
  const emitted = emptyDocument();
  let after = branch(new Map());
  for (const [path, mark] of marks) {
    refuseOverlap(path, emitted, context);
    if (mark === 1 || mark === true) {
      emitted[path] = 1;
      after = carry(after, shape, path, requirePath(shape, path, '$project', site));
    } else if (typeof mark === 'number' || typeof mark === 'boolean') {
      site.refuse('projection_value', `$project takes 1, true or an expression at ${quote(path)}; a constant is written { $literal: … }.`, path);
    } else {
      checkName(path, '$project', site);
      checkFieldValue(path, mark, context, '$project');
      const parsed = parseExpression(mark, scopeOf(shape, site));
      emitted[path] = parsed.emitted;
      after = withField(after, path, parsed.shape);
    }
  }
  // The server refuses `_id: 0` beside a part of `_id` (code 31250).
  if (!Object.keys(emitted).some((path) => isWithin(path, '_id'))) emitted['_id'] = 0;
  return { emitted: emit('$project', emitted), shape: after };
}

/** Puts the field at a path under the same path, with the branches above it. */
function carry(after: Shape, from: Shape, path: string, field: Shape): Shape {
  const [head, ...rest] = path.split('.') as [string, ...string[]];
  if (rest.length === 0) return withField(after, head, field);
  const above = from.kind === 'subtree' ? from : from.fields.get(head) ?? branch(new Map());
  const into = after.fields.get(head) ?? branch(new Map());
  return withField(after, head, carry(into, above, rest.join('.'), field));
}

function refuseOverlap(path: string, emitted: Emitted, { site }: StageContext): void {
  const other = Object.keys(emitted).find((each) => path.startsWith(`${each}.`) || each.startsWith(`${path}.`));
  if (other === undefined) return;
  site.refuse('projection_collision', `$project names ${quote(path)} and ${quote(other)}: one covers the other.`, path);
}

function exclude(marks: InertObject, context: StageContext): ParsedStage {
  return without('$project', Object.keys(marks), context, (paths) => {
    const emitted = emptyDocument();
    for (const path of paths) emitted[path] = 0;
    return emitted;
  });
}

/** `$unset`: a path, or an array of them. */
export function unset(operand: Inert, context: StageContext): ParsedStage {
  const paths: readonly Inert[] = Array.isArray(operand) ? operand : [operand];
  if (paths.length > 0 && paths.every((path) => typeof path === 'string')) return without('$unset', paths, context, (all) => [...all]);
  return context.site.refuse('pipeline_value', '$unset takes a path, or a non-empty array of paths.', '$unset');
}

function without(
  stage: string,
  paths: readonly string[],
  { shape, site }: StageContext,
  operandOf: (paths: readonly string[]) => unknown,
): ParsedStage {
  // An `_id` that the view left out already may be left out again, as everywhere.
  const there = paths.filter((path) => path !== '_id' || shape.fields.has('_id'));
  if (there.length === 0) return site.refuse('projection_empty', `${stage} leaves nothing out that is there.`, stage);
  for (const path of there) {
    const fault = pathFault(path);
    if (fault !== undefined) site.refuse('pipeline_path', `In ${stage}, ${fault}.`, path);
    requirePath(shape, path, stage, site);
    const other = there.find((each) => path.startsWith(`${each}.`));
    if (other !== undefined) site.refuse('projection_collision', `${stage} names ${quote(path)} and ${quote(other)}.`, path);
  }
  const before = new Set<string>();
  const twice = there.find((path) => before.has(path) || !before.add(path));
  if (twice !== undefined) site.refuse('projection_collision', `${stage} names ${quote(twice)} twice: name each path once.`, twice);
  return { emitted: emit(stage, operandOf(there)), shape: there.reduce(withoutPath, shape) };
}
