import { append } from '../../input/append.ts';
import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { copyInput, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { isPlainObject } from '../../input/read.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { parseUpdatePath, type UpdatePath } from './update-path.ts';
import { updatePlace } from './update-place.ts';
import type { UpdateRules } from './update-rules.ts';

/** A parsed update: the operators to send, and the paths that it writes. */
export interface ParsedUpdate {
  readonly operators: Emitted;
  readonly paths: readonly UpdatePath[];
}

/** Copies a caller's update. Throws if it is not an object. */
export function copyUpdate(update: unknown, site: Site): InputCopy {
  return isPlainObject(update) ? copyInput(update, 'the update', site) : refuseKind(site);
}

/**
 * Parses an update document. Refuses a replacement document (it erases private fields), a pipeline (it can copy them), and each
 * operator and path that the rules do not allow.
 */
export function parseUpdate(update: InputCopy, rules: UpdateRules, site: Site): ParsedUpdate {
  if (!isInputObject(update)) return refuseKind(site);
  const operators = emptyDocument();
  const paths: UpdatePath[] = [];
  for (const name of Object.keys(update)) {
    const fields = update[name];
    const operator = UPDATE_OPERATORS.get(name);
    if (operator === undefined) return refuseOperator(name, site);
    if (!isInputObject(fields)) return site.refuse('write_operator', `${name} takes an object of paths.`, name);
    const emitted = emptyDocument();
    const before = paths.length;
    for (const written of Object.keys(fields)) {
      const operand = fields[written];
      const path = parseUpdatePath(written, site);
      rules.checkWritable(path, operator, site);
      const place = updatePlace(path, name, operator.worksOn, rules.stored, site);
      emitted[written] = operator.operand(operand, { operator: name, path, place, rules, site });
      append(paths, path);
    }
    // Servers before 5.0 refuse an operator without fields.
    if (paths.length > before) operators[name] = emitted;
  }
  return { operators, paths };
}

function refuseKind(site: Site): never {
  return site.refuse('write_operator', 'An update must be an object of operators such as $set; pipelines are refused.');
}

function refuseOperator(name: string, site: Site): never {
  const what = name.startsWith('$')
    ? `${quote(name)} is not an allowed update operator. The allowed operators are ${[...UPDATE_OPERATORS.keys()].join(', ')}.`
    : `${quote(name)} is not an operator: a replacement document would delete the fields it does not name. Write { $set: { … } }.`;
  return site.refuse('write_operator', what, name);
}
