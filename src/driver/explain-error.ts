import type { DatabaseErrorFacts } from '../errors/database-error.ts';
import { isPoolExhausted, type FailureCode } from './classify-error.ts';

/** What each class of error means, and what to do. */
const SENTENCES: Readonly<Record<Exclude<FailureCode, 'server_error'>, string>> = {
  network_error: 'the server could not be reached. Check that it is running and that the client is connected.',
  timeout: 'it exceeded its time limit. Narrow the filter, add an index, or raise the limit.',
  bson_invalid: 'a document that was read or sent is not well-formed BSON. Check it with the raw driver.',
  document_too_large:
    'a document would exceed the MongoDB limit of 16 MB. Split it, or store its large parts with GridFS.',
  session_ended:
    "its session has ended or belongs to another client. Start one with this client's startSession(), and end it after the last call.",
  client_closed:
    'the client is closed: close() was called, or its first connection failed. Call connect() again, and call close() only after the last call.',
  driver_error: "the driver ended the call before an answer came. Set onDriverError to see the driver's own error.",
};

const NO_FREE_CONNECTION =
  'no connection in the pool became free in time. Try again; if it happens often, raise maxPoolSize or waitQueueTimeoutMS, and close cursors that you do not read to the end.';

/** The message for a class of error. It contains no value; from the driver's error it uses only the server's code and its name. */
export function explain(code: FailureCode, error: unknown, { serverCode, serverCodeName }: DatabaseErrorFacts): string {
  if (isPoolExhausted(error)) return NO_FREE_CONNECTION;
  if (code !== 'server_error') return SENTENCES[code];
  const name = serverCodeName === undefined ? '' : ` (${serverCodeName})`;
  return `the server answered with error ${serverCode ?? 'unknown'}${name}.`;
}
