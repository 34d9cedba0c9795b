import type { RawAnswer } from './open-app.ts';

/** What one world showed for a request: the answer, the lines that were logged meanwhile, and how long it took. */
export interface Observation extends RawAnswer {
  readonly log: readonly string[];
  readonly milliseconds: number;
}

/** The places of an observation, such as `status`, `header etag` and `body at users[0].email`, with what is there. */
export type Located = ReadonlyMap<string, string>;

/** Changes with the second, whatever is stored. */
const CLOCKS: ReadonlySet<string> = new Set(['date']);

/** Splits an observation into its places. */
export function locate({ status, headers, body, log }: Observation): Located {
  const places = new Map<string, string>([['status', String(status)]]);
  for (const [name, value] of headers) {
    const place = `header ${name.toLowerCase()}`;
    if (!CLOCKS.has(name.toLowerCase())) places.set(place, `${places.get(place) ?? ''}${value}\n`);
  }
  locateText(body, 'body', places);
  places.set('log: number of lines', String(log.length));
  for (const [index, line] of log.entries()) locateText(line, `log line ${index + 1}`, places);
  return places;
}

/** JSON is split into its values, other text into words. What is left, such as the order of keys, is the text as a whole. */
function locateText(text: string, place: string, places: Map<string, string>): void {
  const parsed = parseJson(text);
  if (parsed === undefined) return locateWords(text, place, places);
  locateValue(parsed, place, '', places);
  places.set(`${place}: order of keys and spaces`, skeleton(text));
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function locateValue(value: unknown, place: string, path: string, places: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    places.set(path === '' ? place : `${place} at ${path}`, JSON.stringify(value));
    return;
  }
  if (Array.isArray(value)) {
    places.set(`${place} at ${path === '' ? 'length' : `${path}.length`}`, String(value.length));
    for (const [index, each] of value.entries()) locateValue(each, place, `${path}[${index}]`, places);
    return;
  }
  for (const [key, below] of Object.entries(value))
    locateValue(below, place, path === '' ? key : `${path}.${key}`, places);
}

/** The text without its strings and numbers. */
function skeleton(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g, '?');
}

function locateWords(text: string, place: string, places: Map<string, string>): void {
  const words = text.split(/(\s+)/);
  places.set(`${place}: number of words`, String(words.length));
  for (const [index, word] of words.entries()) places.set(`${place}, word ${index + 1}`, word);
}
