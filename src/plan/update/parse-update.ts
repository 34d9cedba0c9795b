import { append } from '../../input/append.ts';
import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { copyInput, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { isPlainObject } from '../../input/read.ts';
import { payloadIn } from '../../values/trusted.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { assertFewFields } from './assert-few-fields.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { parseUpdatePath, storedUpdatePath, type UpdatePath } from './update-path.ts';
import { updatePlace } from './update-place.ts';
import type { UpdateRules } from './update-rules.ts';

/** A parsed update: the operators to send, and the paths that it writes. */
export interface ParsedUpdate {
  readonly operators: Emitted;
  readonly paths: readonly UpdatePath[];
}

/** A caller's update, copied, or a trusted one in its place. What is no object of operators is refused as such, whatever is in it. */
export function copyUpdate(update: unknown, call: CallContext): InputCopy {
  const isUpdate = isPlainObject(update) || payloadIn(update) !== undefined;
  return isUpdate ? copyInput(update, 'the update', call) : refuseKind(call);
}

/**
 * Parses an update document. Refuses a replacement document (it erases private fields), a pipeline (it can copy them), and each
 * operator and path that the rules do not allow.
 */
export function parseUpdate(update: InputCopy, rules: UpdateRules, call: CallContext): ParsedUpdate {
  if (!isInputObject(update)) return refuseKind(call);
  for (const name of Object.keys(update)) if (!UPDATE_OPERATORS.has(name)) refuseOperator(name, call);
  assertFewFields(update, call);
  const operators = emptyDocument();
  const paths: UpdatePath[] = [];
  const expanded = rules.expand(update, call);
  for (const name of Object.keys(expanded)) {
    const fields = expanded[name];
    const operator = UPDATE_OPERATORS.get(name) ?? refuseOperator(name, call);
    if (!isInputObject(fields)) return call.refuse('write_operator', `${name} takes an object of paths.`, name);
    const emitted = emptyDocument();
    const before = paths.length;
    for (const written of Object.keys(fields)) {
      const operand = fields[written];
      const path = parseUpdatePath(written, call);
      rules.checkWritable(path, operator, call);
      const id = rules.opaqueAt(path.field);
      if (id !== undefined && !operator.atOpaque) refuseAtOpaque(name, written, call);
      const stored = id === undefined ? path : storedUpdatePath(path, id);
      const place = updatePlace(stored, name, operator.worksOn, rules.stored, call);
      emitted[stored.written] = operator.operand(operand, { operator: name, path, place, rules, call });
      append(paths, stored);
    }
    // Servers before 5.0 refuse an operator without fields.
    if (paths.length > before) operators[name] = emitted;
  }
  return { operators, paths };
}

function refuseKind(call: CallContext): never {
  return call.refuse('write_operator', 'An update must be an object of operators such as $set; pipelines are refused.');
}

function refuseOperator(name: string, call: CallContext): never {
  const what = name.startsWith('$')
    ? `${quote(name)} is not an allowed update operator. The allowed operators are ${[...UPDATE_OPERATORS.keys()].join(', ')}.`
    : `${quote(name)} is not an operator: a replacement document would delete the fields it does not name. Write { $set: { … } }.`;
  return call.refuse('write_operator', what, name);
}

function refuseAtOpaque(name: string, written: string, call: CallContext): never {
  return call.refuse(
    'write_operator',
    `${name} at ${quote(written)} is not allowed: it is an opaque id, which is set, unset, or an element of an array.`,
    written,
  );
}
