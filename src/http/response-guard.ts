import { STATUS_CODES } from 'node:http';

import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { callContext, type CallContext } from '../errors/call-context.ts';
import { provedBytes } from '../results/json/proved-json.ts';
import { BodyProver } from './body-prover.ts';
import { jsonInPlace } from './json-in-place.ts';
import { textOf } from './text-of.ts';
import { parseGuardOptions, type ResponseGuardOptions, type ParsedGuardOptions } from './response-guard-options.ts';

/** The result of a check: the written body, or a refusal, which is already reported. */
export type Verdict = { readonly isProved: true; readonly written: unknown } | { readonly isProved: false };

/** Called for a refused body. */
export type Report = (error: SafeCollectionError) => void | Promise<void>;

/** The content types that frameworks use for text without a type: Express, and the others. */
const DEFAULT_TYPES: ReadonlySet<string> = new Set(['text/html', 'text/plain']);

/** The common part of the adapters: it decides which bodies may be sent, and reports the others. */
export class ResponseGuard {
  readonly #options: ParsedGuardOptions;
  readonly #call: CallContext;

  constructor(framework: string, options: ResponseGuardOptions) {
    this.#call = callContext(`guardResponses (${framework})`, undefined);
    this.#options = parseGuardOptions(options, this.#call);
  }

  /**
   * Checks a body, and writes the checked copy, by default as JSON. Proved JSON is written as it is, alone or in an envelope; then the
   * result is a `Buffer`, which must not be given to other code.
   */
  write(body: unknown, write: (body: unknown) => unknown = JSON.stringify, report?: Report): Verdict {
    const bytes = provedBytes(body);
    if (bytes !== undefined) return { isProved: true, written: bytes };
    return this.#attempt(
      () => this.#written(new BodyProver(this.#options.envelope, this.#call, true).prove(body), write),
      report,
    );
  }

  /** Whether text, bytes or a stream of this type may be sent unchecked: the program listed it, and the text is not JSON. */
  passes(contentType: unknown, chunk?: unknown): boolean {
    if (typeof contentType !== 'string') return false;
    const type = mediaType(contentType);
    return this.#options.passThrough.has(type) && !(DEFAULT_TYPES.has(type) && readsAsJson(chunk));
  }

  /** Reports text, bytes or a stream that may not be sent. */
  reportUnproved(report?: Report): void {
    this.#attempt(
      () =>
        this.#call.refuse(
          'not_sendable',
          "The response is text, bytes or a stream, which can't be checked. Send an object, or list its content type in passThrough.",
        ),
      report,
    );
  }

  /** Reports the error of a stream whose sending had begun. */
  reportFailure(error: Error, report: Report = logError): void {
    if (error instanceof SafeCollectionError) void tell(this.#options.onRefused ?? report, error);
  }

  /** Errors of a serializer are not passed on: fast-json-stringify prints the value that its schema refused. */
  #written(body: unknown, write: (body: unknown) => unknown): unknown {
    try {
      return jsonInPlace(body) ?? write(body);
    } catch {
      return this.#call.refuse(
        'not_sendable',
        "The body is allowed, but could not be serialized: it has a value that JSON can't hold (a bigint), or that the response schema does not allow.",
      );
    }
  }

  #attempt(prove: () => unknown, report: Report = logError): Verdict {
    try {
      return { isProved: true, written: prove() };
    } catch (error) {
      if (!(error instanceof SafeCollectionError)) throw error;
      void tell(this.#options.onRefused ?? report, error);
      return { isProved: false };
    }
  }
}

/** The body that replaces a refused one: the name of the status. */
export function fixedAnswer(status: number): string {
  return JSON.stringify({ error: STATUS_CODES[status] ?? 'Error' });
}

/** Whether a text begins like JSON, as no page does. */
function readsAsJson(chunk: unknown): boolean {
  return /^\s*[{[]/.test(textOf(chunk) ?? '');
}

/** The media type of a Content-Type header, without its parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Calls the hook. If it fails, now or later, the response must not change and the process must not crash. */
async function tell(report: Report, error: SafeCollectionError): Promise<void> {
  try {
    await report(error);
  } catch {
    // The body stays refused.
  }
}

function logError(error: SafeCollectionError): void {
  console.error(error);
}
