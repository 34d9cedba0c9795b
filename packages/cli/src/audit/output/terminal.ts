import colors from 'picocolors';

import type { CollectionFacts } from '../../catalogue/collection-facts.ts';
import { table } from '../../terminal/table.ts';
import type { AuditReport, CallReport, Finding } from '../report.ts';
import { RULES } from '../rules.ts';
import type { Level, RuleId } from '../rules.ts';
import { printable } from './escape.ts';
import { callName, describeReturn, describeSize, describeTypes, percent } from './describe.ts';

const MOST_FIELDS = 40;
const MOST_CALLS = 60;
const MOST_PLACES = 12;

const PAINT: Readonly<Record<Level, (text: string) => string>> = {
  error: colors.red,
  warning: colors.yellow,
  note: colors.dim,
};

/** The report for a terminal: collections, calls, findings, and a summary in the last line. */
export function terminalReport(report: AuditReport, isNew: (finding: Finding) => boolean): string {
  const reads = report.calls.filter(({ returns }) => returns.kind !== 'nothing');
  return [
    ...report.collections.map(collectionTable),
    ...(reads.length === 0 ? [] : [callTable(reads)]),
    ...findingLists(report.findings, isNew),
    ...unknownList(report),
    ...report.notes.map((note) => colors.yellow(note)),
    summary(report, isNew),
  ].join('\n\n');
}

function collectionTable(facts: CollectionFacts): string {
  const title = `${colors.bold(printable(facts.name))} ${colors.dim(`(${describeSize(facts)})`)}`;
  const shown = facts.fields
    .toSorted((a, b) => Number(b.sensitive !== undefined) - Number(a.sensitive !== undefined))
    .slice(0, MOST_FIELDS);
  const rows = shown.map((field) => [
    printable(field.path),
    describeTypes(field),
    field.frequency === undefined ? '' : percent(field.frequency),
    field.sensitive === undefined ? '' : colors.red(`${field.sensitive.sensitivity}: ${field.sensitive.what}`),
  ]);
  const left = facts.fields.length - shown.length;
  return [
    title,
    table(['field', 'types', 'in', 'sensitive'], rows),
    ...(left > 0 ? [colors.dim(`  and ${left} more: see --json`)] : []),
    ...facts.notes.map((note) => colors.yellow(`  ${note}`)),
  ].join('\n');
}

function callTable(calls: readonly CallReport[]): string {
  const shown = calls.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_CALLS);
  const rows = shown.map((call) => [
    printable(`${call.place.file}:${call.place.line}`),
    printable(callName(call)),
    printable(describeReturn(call)),
    call.sensitive.length === 0 ? '' : colors.red(String(call.sensitive.length)),
    call.responses.length === 0 ? '' : printable(call.responses.map(({ file, line }) => `${file}:${line}`).join(', ')),
  ]);
  const left = calls.length - shown.length;
  return [
    colors.bold('Calls that return documents'),
    table(['place', 'call', 'returns', 'sensitive', 'sent to a client at'], rows, 44),
    ...(left > 0 ? [colors.dim(`  and ${left} more: see --json`)] : []),
  ].join('\n');
}

function weight({ sent, sensitive, responses }: CallReport): number {
  return sent.length * 1000 + sensitive.length * 10 + responses.length;
}

function findingLists(findings: readonly Finding[], isNew: (finding: Finding) => boolean): readonly string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.map((rule) =>
    findingList(
      rule,
      findings.filter((finding) => finding.rule === rule),
      isNew,
    ),
  );
}

function findingList(id: RuleId, findings: readonly Finding[], isNew: (finding: Finding) => boolean): string {
  const { level, title, help } = RULES[id];
  const lines = findings.slice(0, MOST_PLACES).map((finding) => {
    const place = finding.place === undefined ? '' : `${finding.place.file}:${finding.place.line}  `;
    return `  ${printable(place + finding.message)}${isNew(finding) ? '' : colors.dim(' (in the baseline)')}`;
  });
  const left = findings.length - lines.length;
  return [
    `${PAINT[level](level)} ${colors.bold(title)} ${colors.dim(`(${findings.length}, ${id})`)}`,
    ...lines,
    ...(left > 0 ? [colors.dim(`  and ${left} more: see --json`)] : []),
    `  ${colors.cyan('→')} ${help}`,
  ].join('\n');
}

function unknownList({ unknown }: AuditReport): readonly string[] {
  if (unknown.length === 0) return [];
  const shown = unknown
    .slice(0, MOST_PLACES)
    .map(({ file, line, method }) => printable(`  ${file}:${line}  .${method}()`));
  const left = unknown.length - shown.length;
  return [
    [
      `${colors.bold('Not known')} ${colors.dim(`(${unknown.length}): these look like calls of the driver, but their receiver could not be traced`)}`,
      ...shown,
      ...(left > 0 ? [colors.dim(`  and ${left} more: see --json`)] : []),
    ].join('\n'),
  ];
}

function summary({ calls, collections, findings }: AuditReport, isNew: (finding: Finding) => boolean): string {
  if (calls.length === 0) return 'No call of the MongoDB driver was found. Is this the folder that holds your sources?';
  const count = (level: Level) => findings.filter(({ rule }) => RULES[rule].level === level).length;
  const fresh = findings.filter(isNew).length;
  const known = findings.length - fresh;
  return `${plural(calls.length, 'call')} on ${plural(collections.length, 'collection')}: ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${plural(count('note'), 'note')}${known === 0 ? '' : `; ${known} in the baseline, ${fresh} new`}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
