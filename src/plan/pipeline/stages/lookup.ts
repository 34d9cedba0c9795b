import type { CallContext } from '../../../errors/call-context.ts';
import { quote } from '../../../errors/quote.ts';
import { isInputArray, type InputCopy } from '../../../input/copy-input.ts';
import { pathFault } from '../../../view/path.ts';
import type { PathTree } from '../../../view/path-tree.ts';
import type { ViewPolicy } from '../../../view/policy.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { refuseLooseJoin } from '../../filter/exact-ids.ts';
import { demandedOf } from '../../filter/join-demands.ts';
import { checkName } from '../field-path.ts';
import { parseVariables } from '../binding-operators.ts';
import { readNamed } from '../named-operands.ts';
import { parseExpression } from '../parse-expression.ts';
import { NO_VARIABLES, scopeOf } from '../scope.ts';
import { shapeAt, withFields, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';

const NAMES = {
  names: ['from', 'localField', 'foreignField', 'let', 'as', 'pipeline'],
  required: ['from', 'localField', 'foreignField', 'as'],
};

/** `$lookup` after the view: the local key is a field that exists there. */
export function lookup(operand: InputCopy, context: StageContext): ParsedStage {
  const { shape, call, notes } = context;
  return join(operand, context, (path) => {
    const key = shapeAt(shape, path);
    if (key !== undefined && isJoinableShape(key)) {
      notes.read(key);
      return path;
    }
    return call.refuse(
      'join_invalid',
      `${quote(path)} can't be a key of a $lookup: it is not joinable in this view, and it does not exist at this point of the pipeline.`,
      path,
    );
  });
}

/**
 * `$lookup` before the view, or `undefined` if its local key is not a joinable path of the stored documents. The view removes
 * a key that is not public, and the join would be empty.
 */
export function headLookup(operand: InputCopy, policy: ViewPolicy, context: StageContext): ParsedStage | undefined {
  const { call } = context;
  const { localField, as, let: vars } = readNamed('$lookup', operand, NAMES, call);
  if (typeof localField !== 'string' || !isJoinable(localField, policy.joinable)) return undefined;
  if (vars !== undefined) return policy.public.covers(localField) ? undefined : refuseVariables(localField, call);
  for (const { root } of [policy.public, policy.filterable, policy.sortable, policy.joinable]) {
    if (typeof as === 'string' && root.children.has(as)) refuseTaken(as, context);
  }
  // The stored id of an opaque one is still there, and must not be replaced.
  for (const { stored } of policy.opaque)
    if (typeof as === 'string' && stored.split('.')[0] === as) refuseTaken(as, context);
  return join(operand, context, (path) => {
    const stored = policy.opaque.storedAt(path);
    refuseLooseJoin(stored, context.terms.collation, policy, 'this view', call);
    return stored;
  });
}

/** `localPath` checks the local key, and gives the path at which it is at that point of the pipeline. */
function join(operand: InputCopy, context: StageContext, localPath: (path: string) => string): ParsedStage {
  const { shape, call, terms } = context;
  const { from, localField, foreignField, as, let: vars, pipeline } = readNamed('$lookup', operand, NAMES, call);
  if (typeof localField !== 'string' || typeof foreignField !== 'string' || typeof as !== 'string') {
    return call.refuse('pipeline_value', '$lookup takes localField, foreignField and as as strings.', '$lookup');
  }
  const foreign = typeof from === 'string' ? terms.joins.get(from) : undefined;
  if (typeof from !== 'string' || foreign === undefined) {
    return call.refuse(
      'join_invalid',
      `$lookup names ${typeof from === 'string' ? quote(from) : 'no collection'}, which is not a view of this SafeDb; register it in createSafeDb().`,
      '$lookup',
    );
  }
  const local = localPath(localField);
  if (!isJoinable(foreignField, foreign.joinable)) {
    return call.refuse(
      'join_invalid',
      `${quote(foreignField)} is not joinable in the view that $lookup joins: declare it joinable, or join by another key.`,
      foreignField,
    );
  }
  const foreignPath = foreign.opaque.storedAt(foreignField);
  refuseLooseJoin(foreignPath, terms.collation, foreign, `the view of ${quote(from)}`, call);
  checkName(as, '$lookup', call);
  if (as === '_id' || shape.fields.has(as)) refuseTaken(as, context);
  if (pipeline !== undefined && !isInputArray(pipeline))
    return call.refuse('pipeline_value', '$lookup takes its pipeline as an array of stages.', '$lookup');
  const variables = vars === undefined ? undefined : variablesOf(vars, context);
  const joined = context.parseJoined(
    pipeline ?? [],
    foreign,
    demandedOf(from, foreign, terms.demands, call),
    variables?.bound ?? NO_VARIABLES,
  );
  const emitted = emptyDocument();
  Object.assign(emitted, { from, localField: local, foreignField: foreignPath, as, pipeline: joined.emitted });
  if (variables !== undefined) emitted['let'] = variables.emitted;
  return { emitted: emit('$lookup', emitted), shape: withFields(shape, [[as, joined.shape]]) };
}

/** The variables for the `$expr` of the joined pipeline: values of the public fields that exist at this point. */
function variablesOf(vars: InputCopy, context: StageContext): ReturnType<typeof parseVariables> {
  return parseVariables(vars, '`let` of $lookup', { ...scopeOf(context), role: 'join' }, parseExpression);
}

function refuseVariables(localField: string, call: CallContext): never {
  return call.refuse(
    'join_invalid',
    `A $lookup with \`let\` runs on the public fields, and its key ${quote(localField)} is not public: leave \`let\` out, or compare after the join.`,
    localField,
  );
}

function refuseTaken(as: string, { call }: StageContext): never {
  return call.refuse('join_invalid', `$lookup can't join as ${quote(as)}: the field already exists.`, as);
}

function isJoinable(path: string, joinable: PathTree): boolean {
  return pathFault(path) === undefined && joinable.covers(path);
}

function isJoinableShape(shape: Shape): boolean {
  return shape.kind !== 'branch' && !shape.denied.has('join');
}
