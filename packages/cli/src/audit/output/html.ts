import type { CollectionFacts } from '../../catalogue/collection-facts.ts';
import type { AuditReport, CallReport, Finding } from '../report.ts';
import { RULES } from '../rules.ts';
import { callName, describeReturn, describeSize, describeTypes, percent } from './describe.ts';
import { escape } from './escape.ts';
import { exposureMatrix } from './matrix.ts';
import { STYLE } from './style.ts';

/** The report as one page without scripts and external resources. */
export function htmlReport(report: AuditReport): string {
  const count = (level: string) => report.findings.filter(({ rule }) => RULES[rule].level === level).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>MongoDB audit</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What your MongoDB calls return</h1>
<p>${report.calls.length} calls on ${report.collections.length} collections:
<b class="error">${count('error')} errors</b>, <b class="warning">${count('warning')} warnings</b>, ${count('note')} notes. No value of the database is in this page.</p>
<p class="legend"><i class="sent"></i> sensitive, sent to a client <i class="returned-sensitive"></i> sensitive, returned
<i class="open"></i> returned, a response in reach <i class="returned"></i> returned <i class="unknown"></i> decided at run time <i class="kept"></i> not returned</p>
${report.collections.map((facts) => collectionSection(facts, report.calls)).join('\n')}
<h2>Findings</h2>
${findingTable(report.findings)}
</body>
</html>
`;
}

function collectionSection(facts: CollectionFacts, calls: readonly CallReport[]): string {
  const own = calls.filter(
    ({ collections, returns }) => collections.includes(facts.name) && returns.kind !== 'nothing',
  );
  return `<section>
<h2>${escape(facts.name)} <small>${escape(describeSize(facts))}</small></h2>
${own.length === 0 ? '<p>No call returns its documents.</p>' : `<div class="scroll">${exposureMatrix(facts, own)}</div>`}
<details><summary>${own.length} calls</summary>${callTable(own)}</details>
<details><summary>${facts.fields.length} fields</summary>${fieldTable(facts)}</details>
</section>`;
}

function callTable(calls: readonly CallReport[]): string {
  const rows = calls.map((call) => [
    `${call.place.file}:${call.place.line}`,
    callName(call),
    describeReturn(call),
    call.sensitive.join(', '),
    call.responses.map(({ file, line }) => `${file}:${line}`).join(', '),
  ]);
  return tableOf(['place', 'call', 'returns', 'sensitive among it', 'sent to a client at'], rows);
}

function fieldTable({ fields }: CollectionFacts): string {
  const rows = fields.map((field) => [
    field.path,
    describeTypes(field),
    field.frequency === undefined ? '' : percent(field.frequency),
    field.seenIn.join(', '),
    field.sensitive === undefined
      ? ''
      : `${field.sensitive.sensitivity}: ${field.sensitive.what} (by ${field.sensitive.by})`,
  ]);
  return tableOf(['field', 'types', 'in', 'seen in', 'sensitive'], rows);
}

function findingTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return '<p>None.</p>';
  return tableOf(
    ['level', 'rule', 'place', 'what'],
    findings.map(({ rule, place, message }) => [
      RULES[rule].level,
      RULES[rule].title,
      place === undefined ? '' : `${place.file}:${place.line}`,
      message,
    ]),
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table><thead>${rowOf(head, 'th')}</thead><tbody>${rows.map((row) => rowOf(row, 'td')).join('\n')}</tbody></table>`;
}

function rowOf(cells: readonly string[], tag: string): string {
  return `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
}
