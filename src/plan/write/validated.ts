import { ValidationError } from '../../errors/validation-error.ts';
import { copyScalar } from '../../inert/copy-scalar.ts';
import { isInertObject, snapshot, type Inert } from '../../inert/snapshot.ts';
import { quote } from '../../errors/quote.ts';
import type { StandardIssue, StandardResult, StandardSchema } from '../../types/standard-schema.ts';
import type { PlanContext } from '../plan-context.ts';

/**
 * A caller's part as the view's validator gives it back. What comes back is input again: it is held to the view like
 * any other, so a validator can neither widen nor silently narrow what is written.
 */
export async function validated(input: Inert, schema: StandardSchema | undefined, { site, view }: PlanContext): Promise<Inert> {
  if (schema === undefined) return input;
  const result = await ask(schema, input).catch(() => site.refuse('validation', "The view's validator threw, so nothing was sent."));
  if (result.issues === undefined) {
    const output = snapshot(result.value, 'the validated input', site);
    const dropped = droppedIn(input, output);
    if (dropped === undefined) return output;
    return site.refuse('validation', `The view's validator left out ${quote(dropped)}: declare it there, or refuse it there.`, dropped);
  }
  const paths = [...new Set(result.issues.map(pathOf))];
  throw new ValidationError(
    `The input is not valid at ${paths.map(quote).join(', ')}.`,
    { operation: site.operation, view, ...(paths[0] === undefined ? {} : { path: paths[0] }) },
    paths,
  );
}

/** A key of the input that the validator's answer lacks. What is left out without a word looks stored to its caller. */
function droppedIn(input: Inert, output: Inert, prefix = ''): string | undefined {
  if (!isInertObject(input) || !isInertObject(output)) return undefined;
  for (const [key, value] of Object.entries(input)) {
    if (!Object.hasOwn(output, key)) return `${prefix}${key}`;
    const below = droppedIn(value, output[key], `${prefix}${key}.`);
    if (below !== undefined) return below;
  }
  return undefined;
}

async function ask(schema: StandardSchema, input: Inert): Promise<StandardResult<unknown>> {
  return await schema['~standard'].validate(thaw(input));
}

/** Validators expect ordinary objects, and may change them. */
function thaw(value: Inert): unknown {
  if (Array.isArray(value)) return value.map(thaw);
  if (isInertObject(value)) return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, thaw(below)]));
  return value instanceof Date ? copyScalar(value) : value;
}

function pathOf({ path = [] }: StandardIssue): string {
  return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}
