import { inspect } from 'node:util';
import { ObjectId } from 'mongodb';

/** The outcome of an attempt, in a form that can be compared: the ids of new documents are left out. */
export interface Outcome {
  readonly answer?: unknown;
  readonly error?: string;
}

/** Runs an attempt and writes down all that its caller can see of it. */
export async function outcomeOf(attempt: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: withoutNewIds(await attempt()) };
  } catch (error) {
    return { error: visibleIn(error) };
  }
}

/** All that can be seen in an error: its class, message, fields, JSON, cause and what `util.inspect` prints. */
export function visibleIn(error: unknown): string {
  const { name, message, cause, stack } = error as Error;
  const withoutFrames = (text: string): string => text.replaceAll(/^[\s'[]+at .*$/gm, '');
  return [
    name,
    message,
    String(cause),
    withoutFrames(stack ?? ''),
    JSON.stringify(error),
    withoutFrames(inspect(error, { depth: 10, showHidden: true, getters: true })),
  ].join('\n');
}

/** docs/limits.md excludes the ids that writes return: the driver makes new ones for each call. */
function withoutNewIds(answer: unknown): unknown {
  if (answer instanceof ObjectId) return '(id)';
  if (Array.isArray(answer)) return answer.map(withoutNewIds);
  if (typeof answer !== 'object' || answer === null || answer instanceof Date) return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, withoutNewIds(value)]));
}
