import { isDeepStrictEqual } from 'node:util';

import { quote } from '../../errors/quote.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { copyScalar } from '../../input/copy-scalar.ts';
import { isMark } from '../../input/marks.ts';
import { isInputArray, isInputObject, copyInput, type InputCopy } from '../../input/copy-input.ts';
import type { StandardIssue, StandardResult, StandardSchema } from '../../types/standard-schema.ts';
import type { CallContext } from '../../errors/call-context.ts';
import type { ViewPolicy } from '../../view/policy.ts';

/**
 * Validates a caller's input with the view's validator, and throws unless it accepts it. The input is stored, so a validator
 * that returns something else (it trims, coerces, strips, fills in) is refused: either value could be the wrong one.
 */
export async function assertValid(
  input: InputCopy,
  schema: StandardSchema,
  call: CallContext<ViewPolicy>,
): Promise<void> {
  const result = await ask(schema, input).catch(() =>
    call.refuse('validation_failed', "The view's validator threw an error, so nothing was sent."),
  );
  if (result.issues !== undefined) return refuseInvalid(result.issues, call);
  const output = copyInput(result.value, "the validator's answer", call);
  const changed = changedIn(input, output);
  if (changed === undefined) return;
  const what = changed === '' ? 'the input' : quote(changed);
  call.refuse(
    'validation_failed',
    `The view's validator changes ${what}, but a validator may only check. Parse the input before the call, or let the validator reject it.`,
    changed,
  );
}

async function ask(schema: StandardSchema, input: InputCopy): Promise<StandardResult<unknown>> {
  const result = await schema['~standard'].validate(thaw(input));
  if (result.issues === undefined || Array.isArray(result.issues)) return result;
  throw new TypeError('The issues of a validator must be an array.');
}

function refuseInvalid(issues: readonly StandardIssue[], call: CallContext<ViewPolicy>): never {
  const paths = [...new Set(issues.map(pathOf))].filter((path) => path !== '');
  const where = paths.length === 0 ? '' : ` at ${paths.map(quote).join(', ')}`;
  const [path] = paths;
  throw new ValidationError(
    `The input is not valid${where}.`,
    { operation: call.operation, view: call.view, path },
    paths,
  );
}

/** The first path at which the validator's output differs from the input. */
function changedIn(input: InputCopy, output: InputCopy, path = ''): string | undefined {
  if (!isInputObject(input) || !isInputObject(output)) return isDeepStrictEqual(input, output) ? undefined : path;
  for (const key of new Set([...Object.keys(input), ...Object.keys(output)])) {
    const at = path === '' ? key : `${path}.${key}`;
    const below = changedIn(input[key], output[key], at);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** A copy for the validator, which expects ordinary objects and may change them. */
function thaw(value: InputCopy): unknown {
  if (isInputArray(value)) return value.map(thaw);
  if (isInputObject(value)) return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, thaw(below)]));
  return isMark(value) ? value : copyScalar(value);
}

function pathOf({ path = [] }: StandardIssue): string {
  return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}
