import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import type { SampledCollection } from '../database/sample-database.ts';
import { findDriverCalls, indexNames, isTestFile, openProject, unresolvedInput } from '../project/index.ts';
import { findingsOfCall, findingsOfFacts, withFingerprints } from './find-findings.ts';
import { inspectInput } from './inspect-input.ts';
import { inspectRead } from './inspect-reads.ts';
import type { AuditReport } from './report.ts';
import { RULES } from './rules.ts';

export interface AuditOptions {
  readonly folder: string;
  readonly tsconfig?: string | undefined;
  readonly samples: readonly SampledCollection[];
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

const ORDER = { error: 0, warning: 1, note: 2 };

/** Reads a project's calls and compares them with what is known about its collections. */
export function auditProject({ folder, tsconfig, samples, onProgress }: AuditOptions): AuditReport {
  const opened = openProject(folder, tsconfig === undefined ? {} : { tsconfig });
  const index = indexNames(opened.project);
  const found = findDriverCalls(opened, index);
  // A test sends nothing to a client, and what it passes to a function says nothing about the callers in production.
  const calls = found.calls.filter(({ file }) => !isTestFile(file));
  const unknown = found.unknown.filter(({ file }) => !isTestFile(file));
  const collections = buildCatalogue(calls, index, samples);
  const inspected = calls.map((call, at) => {
    onProgress?.(at, calls.length, call.file);
    const read = inspectRead(call, index, collections, opened);
    return { read, findings: findingsOfCall(call, read, inspectInput(call, index)) };
  });
  onProgress?.(calls.length, calls.length, '');
  const findings = withFingerprints([
    ...inspected.flatMap((one) => one.findings),
    ...collections.flatMap(findingsOfFacts),
  ]);
  return {
    version: 1,
    collections,
    calls: inspected.map(({ read }) => read.report),
    findings: findings.toSorted((a, b) => ORDER[RULES[a.rule].level] - ORDER[RULES[b.rule].level]),
    unknown: unknown.map(({ file, line, method }) => ({ file, line, method })),
    notes: [...opened.notes, ...notesAbout(found.calls.length - calls.length, unresolvedInput(index).size)],
  };
}

function notesAbout(inTests: number, unresolved: number): readonly string[] {
  return [
    ...(inTests === 0 ? [] : [`Left out: ${inTests} ${inTests === 1 ? 'call' : 'calls'} in test files.`]),
    ...(unresolved === 0
      ? []
      : [
          `${unresolved === 1 ? '1 field of filters is' : `${unresolved} fields of filters are`} checked by schemas of packages that are not installed, and ${unresolved === 1 ? 'was' : 'were'} taken for safe. Install the project's packages and run this again.`,
        ]),
  ];
}
