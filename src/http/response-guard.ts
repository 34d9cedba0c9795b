import { STATUS_CODES } from 'node:http';

import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import { callSite, type Site } from '../errors/site.ts';
import { BodyProver } from './body-prover.ts';
import { textOf } from './text-of.ts';
import { parseGuardOptions, type ResponseGuardOptions, type ParsedGuardOptions } from './response-guard-options.ts';

/** What became of a body: proved and written, or refused (and reported already). */
export type Verdict = { readonly isProved: true; readonly written: unknown } | { readonly isProved: false };

/** Is told of a refused body. */
export type Report = (error: SafeCollectionError) => void | Promise<void>;

/** What frameworks call a text that was sent without a type: Express, and the others. */
const DEFAULT_TYPES: ReadonlySet<string> = new Set(['text/html', 'text/plain']);

/** What the adapters have in common: which bodies may leave, and what leaves in place of the others. */
export class ResponseGuard {
  readonly #options: ParsedGuardOptions;
  readonly #site: Site;

  constructor(framework: string, options: ResponseGuardOptions) {
    this.#site = callSite(`guardResponses (${framework})`, undefined);
    this.#options = parseGuardOptions(options, this.#site);
  }

  /** Proves a body, and writes the copy that was proved: by default as JSON. */
  write(body: unknown, write: (body: unknown) => unknown = JSON.stringify, report?: Report): Verdict {
    return this.#attempt(
      () => this.#written(new BodyProver(this.#options.envelope, this.#site).prove(body), write),
      report,
    );
  }

  /** Whether text, bytes or a stream of this type may leave unproved: the program listed it, and it is no JSON in disguise. */
  passes(contentType: unknown, chunk?: unknown): boolean {
    if (typeof contentType !== 'string') return false;
    const type = mediaType(contentType);
    return this.#options.passThrough.has(type) && !(DEFAULT_TYPES.has(type) && readsAsJson(chunk));
  }

  /** Reports text, bytes or a stream that stands where JSON is proved. */
  reportUnproved(report?: Report): void {
    this.#attempt(
      () =>
        this.#site.refuse(
          'not_sendable',
          "The response is text, bytes or a stream, which can't be checked. Send an object, or list its content type in passThrough.",
        ),
      report,
    );
  }

  /** What a serializer throws is not passed on: fast-json-stringify prints the value that its schema refused. */
  #written(body: unknown, write: (body: unknown) => unknown): unknown {
    try {
      return write(body);
    } catch {
      return this.#site.refuse(
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

/** What leaves in the place of a body that could not be proved: the name of the status, and nothing else. */
export function fixedAnswer(status: number): string {
  return JSON.stringify({ error: STATUS_CODES[status] ?? 'Error' });
}

/** No page begins like this; a JSON text that was sent without a type of its own does. */
function readsAsJson(chunk: unknown): boolean {
  return /^\s*[{[]/.test(textOf(chunk) ?? '');
}

/** The media type of a Content-Type header, without its parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** A log that fails, now or later, must neither change the answer nor end the process. */
async function tell(report: Report, error: SafeCollectionError): Promise<void> {
  try {
    await report(error);
  } catch {
    // The body was refused, and stays so.
  }
}

function logError(error: SafeCollectionError): void {
  console.error(error);
}
