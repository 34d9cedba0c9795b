import { inputObject, isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit } from '../../emit.ts';
import { parseFilter } from '../../filter/parse-filter.ts';
import { parseExpression } from '../parse-expression.ts';
import { parseSortBy } from '../parse-sort-by.ts';
import { readNamed } from '../named-operands.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { lastOf } from '../../../view/opaque-paths.ts';
import type { FilteredId, FilterRules } from '../../filter/filter-rules.ts';
import { bind, scopeOf, type Scope } from '../scope.ts';
import { mayBeArray, shapeAt, type Shape } from '../shape.ts';

/** `$match`: a filter as in `find()`, on the paths that exist at that point. With `$expr`, also an expression. */
export function match(operand: InputCopy, context: StageContext): ParsedStage {
  const { call, shape } = context;
  if (!isInputObject(operand) || !Object.hasOwn(operand, '$expr'))
    return { emitted: emit('$match', parseFilter(operand, shapeRules(context), call)), shape };
  const { $expr: expression, ...filter } = operand;
  const emitted = parseFilter(inputObject(filter), shapeRules(context), call);
  emitted['$expr'] = parseExpression(expression, condition(context)).emitted;
  return { emitted: emit('$match', emitted), shape };
}

/** The scope of an `$expr`: the document, and the variables that the `let` of a surrounding `$lookup` binds. */
function condition(context: StageContext): Scope {
  return { ...bind(scopeOf(context), context.variables), role: 'filter' };
}

/** `$sort` by leaves that exist at that point. */
export function sort(operand: InputCopy, context: StageContext): ParsedStage {
  return { emitted: emit('$sort', parseSortBy(operand, context)), shape: context.shape };
}

/** `$limit`: 1 or more, as in the server. */
export function limit(operand: InputCopy, context: StageContext): ParsedStage {
  return counted('$limit', operand, 1, context);
}

/** `$skip`: 0 or more. */
export function skip(operand: InputCopy, context: StageContext): ParsedStage {
  return counted('$skip', operand, 0, context);
}

/** `$sample`: a number of random documents. */
export function sample(operand: InputCopy, context: StageContext): ParsedStage {
  const { size } = readNamed('$sample', operand, { names: ['size'], required: ['size'] }, context.call);
  const { shape } = counted('$sample', size, 1, context);
  return { emitted: emit('$sample', emit('size', size)), shape };
}

function counted(stage: string, operand: InputCopy, least: number, { shape, call }: StageContext): ParsedStage {
  if (Number.isSafeInteger(operand) && (operand as number) >= least) return { emitted: emit(stage, operand), shape };
  return call.refuse('pipeline_value', `${stage} takes an integer of ${least} or more.`, stage);
}

/**
 * The rules for a `$match` after the view: the paths that exist at that point of the pipeline. All of them are public, so their branches
 * may be asked for too.
 */
function shapeRules({ shape, operators, notes }: Pick<StageContext, 'shape' | 'notes' | 'operators'>): FilterRules {
  return {
    operators,
    idFields: undefined,
    accessTo(path) {
      const at = shapeAt(shape, path);
      if (at === undefined || at.denied.has('filter')) return undefined;
      notes.keep(at);
      return at.kind === 'branch' ? 'shown branch' : 'any';
    },
    mayBeArray(path) {
      const at = shapeAt(shape, path);
      return at === undefined || mayBeArray(at);
    },
    opaqueAt: (path) => idAt(path, shape),
  };
}

/** The opaque id at a path. After the view it has its public path on the server too. */
function idAt(path: string, shape: Shape): FilteredId | undefined {
  const id = shapeAt(shape, path)?.opaque;
  return id === undefined ? undefined : { tag: id.tag, storedKey: lastOf(path) };
}
