import { createHash } from 'node:crypto';

import type { CollectionFacts } from '../catalogue/collection-facts.ts';
import type { DriverCall } from '../project/index.ts';
import type { InputUse } from './inspect-input.ts';
import type { InspectedRead } from './inspect-reads.ts';
import type { Finding } from './report.ts';
import type { RuleId } from './rules.ts';

type Draft = Omit<Finding, 'fingerprint'> & { readonly key: string };

const MOST_NAMED = 6;

/** The findings of one call. */
export function findingsOfCall(call: DriverCall, read: InspectedRead, input: readonly InputUse[]): readonly Draft[] {
  const of = (rule: RuleId, message: string, key = ''): Draft => ({
    rule,
    message,
    collection: call.collections[0],
    place: { file: call.file, line: call.line },
    key: [rule, call.file, call.collections.join('|'), call.method, key].join('\0'),
  });
  const name = `${call.collections.length === 0 ? 'a collection' : call.collections.join('|')}.${call.method}()`;
  return [...ofRead(name, read, of), ...input.map(({ rule, at }) => of(rule, inputMessage(name, rule, at), at))];
}

function ofRead(
  name: string,
  { report, projection, isWholeSent }: InspectedRead,
  of: (rule: RuleId, message: string) => Draft,
): readonly Draft[] {
  if (projection === undefined) return [];
  const drafts: Draft[] = [];
  const [response] = report.responses;
  const where = response === undefined ? '' : ` at ${response.file}:${response.line}`;
  if (report.sent.length > 0)
    drafts.push(of('sensitive-response', `${name} sends ${listed(report.sent)} to a client${where}.`));
  else if (report.sensitive.length > 0)
    drafts.push(of('sensitive-read', `${name} returns ${listed(report.sensitive)}.`));
  const isOpen = report.returns.kind === 'whole' || report.returns.kind === 'all-but';
  if (isWholeSent && isOpen && report.sent.length === 0)
    drafts.push(of('whole-document-response', `${name} sends whole documents to a client${where}.`));
  if (projection.isIgnored)
    drafts.push(
      of('ignored-projection', `${name} passes its projection where the driver ignores it: every field is returned.`),
    );
  else if (projection.kind === 'exclude')
    drafts.push(
      of('exclusion-projection', `${name} leaves out ${listed(projection.paths)} and returns everything else.`),
    );
  if (projection.writtenAs === 'cursor') drafts.push(of('cursor-project', `${name} has its projection on the cursor.`));
  return drafts;
}

function inputMessage(name: string, rule: InputUse['rule'], at: string): string {
  if (rule === 'operator-injection')
    return at === ''
      ? `${name} takes its whole filter from a request.`
      : `${name} compares "${at}" with request input that may be an operator.`;
  return at === ''
    ? `${name} stores request input with any fields.`
    : `${name} passes request input with any fields to ${at}.`;
}

/** The findings of the stored data. */
export function findingsOfFacts({ name, fields }: CollectionFacts): readonly Draft[] {
  return fields.flatMap(({ path, types, frequency }) => {
    const seen = Object.entries(types).filter(([type]) => type !== 'null' && type !== 'undefined' && type !== 'array');
    // The values of a map may differ from key to key.
    const isMap = path.split('.').includes('*');
    if (frequency === undefined || isMap || kindsIn(seen.map(([type]) => type)) < 2) return [];
    const shares = seen
      .toSorted(([, a], [, b]) => b - a)
      .map(([type, count]) => `${type} (${count})`)
      .join(', ');
    return [
      {
        rule: 'drift' as const,
        message: `${name}: "${path}" holds ${shares}.`,
        collection: name,
        place: undefined,
        key: ['drift', name, path].join('\0'),
      },
    ];
  });
}

/** The number of kinds among these types. An int, a long and a double are all numbers to a program. */
function kindsIn(types: readonly string[]): number {
  return new Set(types.map((type) => (['int', 'long', 'double', 'decimal'].includes(type) ? 'number' : type))).size;
}

/** Adds fingerprints. Equal findings in one file are numbered in their order, so that lines may move. */
export function withFingerprints(drafts: readonly Draft[]): readonly Finding[] {
  const counts = new Map<string, number>();
  return drafts.map(({ key, ...finding }) => {
    const at = counts.get(key) ?? 0;
    counts.set(key, at + 1);
    return { ...finding, fingerprint: createHash('sha256').update(`${key}\0${at}`).digest('hex').slice(0, 16) };
  });
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
  const more = names.length - quoted.length;
  return more > 0 ? `${quoted.join(', ')} and ${more} more` : quoted.join(', ');
}
