import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import type { ToolRefusal } from '../types/agent.ts';
import type { AgentSettings } from './agent-settings.ts';
import { ToolFault } from './tool-fault.ts';

const ADVICE: { readonly [code in ErrorCode]?: string } = {
  timeout: 'Narrow the filter, or ask for less.',
  schema_drift: 'Leave this field out.',
  token_invalid: 'Ask for the first page again, without `after` and `before`.',
  network_error: 'Try again later.',
  client_closed: 'Try again later.',
};

/** What a model is told of an error. `undefined` if it is not an error of the library. */
export function refusalOf(error: unknown, { maxTimeMS }: AgentSettings): ToolRefusal | undefined {
  if (error instanceof ToolFault) return error.refusal;
  if (isTimeout(error))
    return {
      code: 'timeout',
      what: `The call took longer than ${maxTimeMS} milliseconds.`,
      instead: 'Narrow the filter, or ask for less.',
    };
  if (!(error instanceof SafeCollectionError)) return undefined;
  const { code, message, path } = error;
  return {
    code,
    what: message,
    ...(path === undefined ? {} : { where: path }),
    instead: ADVICE[code] ?? 'Change the input, or ask the user.',
  };
}

/** The reason of `AbortSignal.timeout()`. */
function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
