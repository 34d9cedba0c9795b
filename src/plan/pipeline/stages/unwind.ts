import { inputObject, isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName, requirePath } from '../field-path.ts';
import { readNamed } from '../named-operands.ts';
import { COMPUTED, withPath, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { setFields } from './set-fields.ts';

const NAMES = { names: ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'], required: ['path'] };

/** `$unwind`: one document for each element. */
export function unwind(operand: InputCopy, context: StageContext): ParsedStage {
  const { shape, call, notes } = context;
  const written = isInputObject(operand) ? readNamed('$unwind', operand, NAMES, call) : inputObject({ path: operand });
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserve } = written;
  if (typeof path !== 'string' || !path.startsWith('$'))
    return call.refuse('pipeline_value', "$unwind takes a field path: '$tags'.", '$unwind');
  notes.keep(requirePath(shape, path.slice(1), '$unwind', call));
  const unwound = withPath(shape, path.slice(1), element);
  const emitted = emptyDocument();
  emitted['path'] = path;
  if (preserve !== undefined) {
    if (typeof preserve !== 'boolean')
      call.refuse('pipeline_value', 'preserveNullAndEmptyArrays takes true or false.', '$unwind');
    emitted['preserveNullAndEmptyArrays'] = preserve;
  }
  if (index === undefined) return { emitted: emit('$unwind', emitted), shape: unwound };
  if (typeof index !== 'string')
    return call.refuse('pipeline_value', 'includeArrayIndex takes the name of a field.', '$unwind');
  checkName(index, 'includeArrayIndex', call);
  emitted['includeArrayIndex'] = index;
  return { emitted: emit('$unwind', emitted), shape: setFields({ ...context, shape: unwound }, [[index, COMPUTED]]) };
}

/** The shape of an array's elements. A value that is not an array is unchanged. */
function element(array: Shape): Shape {
  return array.depths === undefined ? array : { ...array, depths: array.depths.map((depth) => Math.max(depth - 1, 0)) };
}
