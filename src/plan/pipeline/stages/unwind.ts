import type { Inert } from '../../../inert/snapshot.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName, requirePath } from '../field-path.ts';
import { readNamed } from '../named-operands.ts';
import { isInertObject } from '../../../inert/snapshot.ts';
import { COMPUTED, withField } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';

const NAMES = { names: ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'], required: ['path'] };

/** `$unwind`: one document for each element. */
export function unwind(operand: Inert, context: StageContext): ParsedStage {
  const { shape, site } = context;
  const written = isInertObject(operand) ? readNamed('$unwind', operand, NAMES, site) : emit('path', operand);
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserve } = written;
  if (typeof path !== 'string' || !path.startsWith('$')) return site.refuse('pipeline_value', "$unwind takes a field path: '$tags'.", '$unwind');
  requirePath(shape, path.slice(1), '$unwind', site);
  const emitted = emptyDocument();
  emitted['path'] = path;
  if (preserve !== undefined) {
    if (typeof preserve !== 'boolean') site.refuse('pipeline_value', 'preserveNullAndEmptyArrays takes true or false.', '$unwind');
    emitted['preserveNullAndEmptyArrays'] = preserve;
  }
  if (index === undefined) return { emitted: emit('$unwind', emitted), shape };
  if (typeof index !== 'string') return site.refuse('pipeline_value', 'includeArrayIndex takes the name of a field.', '$unwind');
  checkName(index, 'includeArrayIndex', site);
  emitted['includeArrayIndex'] = index;
  return { emitted: emit('$unwind', emitted), shape: withField(shape, index, COMPUTED) };
}
