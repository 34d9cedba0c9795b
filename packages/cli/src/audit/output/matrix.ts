import type { CollectionFacts, FieldFacts } from '../../catalogue/collection-facts.ts';
import type { CallReport } from '../report.ts';
import { escape } from './escape.ts';

const CELL = 16;
const LABELS = 260;
const TOP = 130;
const MOST_FIELDS = 60;

/** A picture of one collection: a row for each call, a column for each field, and marks for the fields that the call returns. */
export function exposureMatrix(facts: CollectionFacts, calls: readonly CallReport[]): string {
  const fields = facts.fields
    .toSorted((a, b) => Number(b.sensitive !== undefined) - Number(a.sensitive !== undefined))
    .slice(0, MOST_FIELDS);
  const width = LABELS + fields.length * CELL + 140;
  const height = TOP + calls.length * CELL + 10;
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What each call on ${escape(facts.name)} hands out">`,
    ...fields.map((field, at) => columnLabel(field, at)),
    ...calls.flatMap((call, row) => [
      rowLabel(call, row),
      ...fields.map((field, column) => cell(call, field, row, column)),
    ]),
    '</svg>',
  ].join('\n');
}

function columnLabel({ path, sensitive }: FieldFacts, at: number): string {
  const x = LABELS + at * CELL + CELL / 2;
  return `<text class="${sensitive === undefined ? 'field' : 'field sensitive'}" transform="translate(${x},${TOP - 6}) rotate(-50)">${escape(shortened(path, 24))}</text>`;
}

function rowLabel({ place, method }: CallReport, row: number): string {
  const text = `${method} ${place.file}:${place.line}`;
  return `<text class="call" x="${LABELS - 8}" y="${TOP + row * CELL + 12}" text-anchor="end"><title>${escape(text)}</title>${escape(tail(text, 42))}</text>`;
}

function cell(call: CallReport, field: FieldFacts, row: number, column: number): string {
  const state = stateOf(call, field);
  const place = `x="${LABELS + column * CELL + 1}" y="${TOP + row * CELL + 1}" width="${CELL - 2}" height="${CELL - 2}" rx="2"`;
  return `<rect class="${state.name}" ${place}><title>${escape(`${call.method} ${call.place.file}:${call.place.line}: ${field.path} ${state.says}`)}</title></rect>`;
}

function stateOf(call: CallReport, { path, sensitive }: FieldFacts): { readonly name: string; readonly says: string } {
  if (call.sent.includes(path)) return { name: 'sent', says: 'is sensitive and is sent to a client' };
  if (call.sensitive.includes(path)) return { name: 'returned-sensitive', says: 'is sensitive and is returned' };
  if (!isReturned(call, path))
    return call.returns.kind === 'unknown'
      ? { name: 'unknown', says: 'is decided at run time' }
      : { name: 'kept', says: 'is not returned' };
  if (sensitive !== undefined) return { name: 'returned-sensitive', says: 'is sensitive and is returned' };
  return call.responses.length > 0
    ? { name: 'open', says: 'is returned, with a response in reach' }
    : { name: 'returned', says: 'is returned' };
}

function isReturned({ returns: { kind, paths } }: CallReport, path: string): boolean {
  const named = paths.some(
    (one) => path === one || path.startsWith(`${one}.`) || (kind === 'fields' && one.startsWith(`${path}.`)),
  );
  if (kind === 'fields') return named;
  return kind === 'whole' || (kind === 'all-but' && !named);
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function tail(text: string, longest: number): string {
  return text.length > longest ? `…${text.slice(1 - longest)}` : text;
}
