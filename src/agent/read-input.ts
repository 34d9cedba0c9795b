import { types } from 'node:util';

import { callContext } from '../errors/call-context.ts';
import { quote } from '../errors/quote.ts';
import { RefusedCallError } from '../errors/refused-call-error.ts';
import { TOOL_LIMITS } from '../grammar/agent-operators.ts';
import { copyInput, isInputArray, isInputObject, type InputCopy, type InputObject } from '../input/copy-input.ts';
import { refuseInput } from './tool-fault.ts';

const PLAIN_JSON = 'Pass one JSON object, as the input schema of the tool describes it.';

/** Reads the arguments of a tool once: JSON as a string, or parsed. Everything that JSON can't say is refused. */
export function readInput(input: unknown): InputObject {
  const copied = copy(typeof input === 'string' ? parse(input) : input);
  assertJson(copied);
  if (!isInputObject(copied)) return refuseInput('argument_invalid', 'The input is not a JSON object.', '', PLAIN_JSON);
  return copied;
}

function parse(text: string): unknown {
  if (text.length > TOOL_LIMITS.inputLength)
    return refuseInput(
      'argument_invalid',
      `The input is longer than ${TOOL_LIMITS.inputLength} characters.`,
      '',
      'Use fewer or shorter conditions.',
    );
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return refuseInput('argument_invalid', 'The input is not valid JSON.', '', PLAIN_JSON);
  }
}

function copy(value: unknown): InputCopy {
  try {
    return copyInput(value, 'The input', callContext('call', undefined));
  } catch (error) {
    if (error instanceof RefusedCallError) return refuseInput(error.code, error.message, '', PLAIN_JSON);
    throw error;
  }
}

/** Throws for values that the library accepts from a program but JSON does not have: dates, ids, patterns, and what `op()` makes. */
function assertJson(value: InputCopy): void {
  if (isInputArray(value)) for (const each of value) assertJson(each);
  else if (isInputObject(value)) for (const each of Object.values(value)) assertJson(each);
  else if (!isJsonScalar(value))
    refuseInput('input_invalid', 'The input holds a value that JSON does not have.', '', PLAIN_JSON);
}

function isJsonScalar(value: InputCopy): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'number' && Number.isFinite(value) && !types.isNumberObject(value);
}

/** The parts of an object. Unknown parts are refused, all in the same way. */
export function readParts(
  value: InputCopy,
  where: string,
  names: readonly string[],
  required: readonly string[] = [],
): InputObject {
  if (!isInputObject(value))
    return refuseInput(
      'argument_invalid',
      'There must be a JSON object here.',
      where,
      `Pass an object with ${listed(names)}.`,
    );
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    refuseInput(
      'option_unknown',
      `${quote(unknown)} is not a part of this input.`,
      at(where, unknown),
      `Use ${listed(names)}.`,
    );
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined)
    refuseInput('argument_invalid', `${quote(missing)} is missing.`, where, `Add ${quote(missing)}.`);
  return value;
}

/** An array with a number of elements in these bounds. */
export function readList(value: InputCopy, where: string, least: number, most: number): readonly InputCopy[] {
  if (isInputArray(value) && value.length >= least && value.length <= most) return value;
  return refuseInput(
    'option_value',
    `There must be an array of ${least} to ${most} elements here.`,
    where,
    'Pass such an array.',
  );
}

/** A whole number in these bounds. */
export function readWhole(value: InputCopy, where: string, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  return refuseInput(
    'option_value',
    `There must be a whole number from ${least} to ${most} here.`,
    where,
    most > least ? `Pass ${most} or less.` : `Pass ${most}.`,
  );
}

/** One of these words. */
export function readWord<W extends string>(value: InputCopy, where: string, words: readonly W[]): W {
  const word = words.find((each) => each === value);
  return word ?? refuseInput('option_value', `${written(value)} is not allowed here.`, where, `Use ${listed(words)}.`);
}

/** What a model wrote, if it is a word; the kind of it otherwise. */
export function written(value: InputCopy): string {
  return typeof value === 'string' ? quote(value) : 'This value';
}

export function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : '(this tool has none)';
}

/** The place of a part: `filter.and[1].field`. */
export function at(where: string, part: string | number): string {
  if (typeof part === 'number') return `${where}[${part}]`;
  return where === '' ? part : `${where}.${part}`;
}
