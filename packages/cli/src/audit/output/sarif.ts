import type { Log, Result } from 'sarif';

import type { AuditReport, Finding } from '../report.ts';
import { RULES } from '../rules.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The findings as SARIF 2.1.0, which code scanning reads. */
export function sarifReport({ findings }: AuditReport, version: string): Log {
  const rules = Object.values(RULES);
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'safe-collection',
            semanticVersion: version,
            rules: rules.map(({ id, level, title, help }) => ({
              id,
              shortDescription: { text: title },
              help: { text: help },
              defaultConfiguration: { level },
              properties: { tags: ['security', 'mongodb'] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          result(
            finding,
            rules.findIndex(({ id }) => id === finding.rule),
          ),
        ),
      },
    ],
  };
}

function result({ rule, message, place, collection, fingerprint }: Finding, ruleIndex: number): Result {
  return {
    ruleId: rule,
    ruleIndex,
    level: RULES[rule].level,
    message: { text: message },
    locations: [
      {
        ...(place === undefined
          ? {}
          : {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(place.file), uriBaseId: '%SRCROOT%' },
                region: { startLine: place.line },
              },
            }),
        ...(collection === undefined ? {} : { logicalLocations: [{ name: collection, kind: 'resource' }] }),
      },
    ],
    partialFingerprints: { 'safeCollection/v1': fingerprint },
  };
}
