import { quote } from '../errors/quote.ts';
import type { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { CallContext } from '../errors/call-context.ts';
import { readOptionEntries } from '../input/read.ts';
import { stringsOf } from './parse-envelope.ts';

/** Options of a response guard. */
export interface ResponseGuardOptions {
  /** The keys under which an envelope may hold the program's own scalars: `['token', 'error', 'next']`. */
  readonly envelope?: readonly string[];
  /**
   * Content types of text, bytes and streams that are sent unchecked: `['text/html', 'image/png']`. Default: none. JSON is
   * always checked, so it can't be listed.
   */
  readonly passThrough?: readonly string[];
  /** Called for each refused body, instead of the log. The error has a path and no value. Errors that it throws are ignored. */
  readonly onRefused?: (error: SafeCollectionError) => void | Promise<void>;
}

/** The parsed options, all as own properties, so that none is read from `Object.prototype`. */
export interface ParsedGuardOptions {
  readonly envelope: ReadonlySet<string>;
  readonly passThrough: ReadonlySet<string>;
  readonly onRefused: ResponseGuardOptions['onRefused'];
}

const NAMES: ReadonlySet<string> = new Set(['envelope', 'passThrough', 'onRefused']);

/** Reads the options once, and refuses unknown ones. */
export function parseGuardOptions(options: unknown, call: CallContext): ParsedGuardOptions {
  const entries = new Map(readOptionEntries(options, 'the options object', call, (value) => typeof value !== 'symbol'));
  const surplus = [...entries.keys()].find((name) => !NAMES.has(name));
  if (surplus !== undefined)
    call.refuse(
      'option_unknown',
      `${quote(surplus)} is not an option of guardResponses(); it takes ${[...NAMES].join(', ')}.`,
      surplus,
    );
  const passThrough = new Set(
    [...stringsOf(entries.get('passThrough'), 'passThrough', call)].map((type) => type.toLowerCase()),
  );
  for (const type of passThrough) {
    if (type.includes('json'))
      call.refuse(
        'option_value',
        `${quote(type)} is JSON, which is always checked and can't be passed through.`,
        'passThrough',
      );
  }
  const onRefused = entries.get('onRefused');
  if (onRefused !== undefined && typeof onRefused !== 'function')
    call.refuse('option_value', '`onRefused` must be a function.', 'onRefused');
  return {
    envelope: stringsOf(entries.get('envelope'), 'envelope', call),
    passThrough,
    onRefused: onRefused as ResponseGuardOptions['onRefused'],
  };
}
