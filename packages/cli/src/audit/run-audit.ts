import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { sampleFor } from '../database/sample-options.ts';
import { folderAt } from '../project/folder-at.ts';
import { flag, text } from '../terminal/command.ts';
import type { Invocation } from '../terminal/command.ts';
import { writeText } from '../terminal/files.ts';
import { progress } from '../terminal/progress.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { packageVersion } from '../terminal/version.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import { htmlReport } from './output/html.ts';
import { sarifReport } from './output/sarif.ts';
import { terminalReport } from './output/terminal.ts';
import type { AuditReport, Finding } from './report.ts';
import { RULES } from './rules.ts';

const BASELINE = 'safe-collection.baseline.json';

/** Runs `audit`. The result is the exit code. */
export async function runAudit(invocation: Invocation): Promise<number> {
  const baseline = resolve(folderAt(invocation.folder), text(invocation, 'baseline') ?? BASELINE);
  const known = readBaseline(baseline);
  checkOutputs(invocation);
  const samples = await sampleFor(invocation);
  // The compiler is large, so it is loaded after the sampled documents are released.
  const { auditProject } = await import('./audit-project.ts');
  const bar = progress('Reading calls');
  const report = auditProject({
    folder: invocation.folder,
    tsconfig: text(invocation, 'tsconfig'),
    samples,
    onProgress: bar.show,
  });
  bar.stop();
  const isNew = ({ fingerprint }: Finding) => !known.has(fingerprint);
  print(invocation, report, isNew);
  if (flag(invocation, 'update-baseline')) {
    writeBaseline(baseline, report.findings);
    const { length } = report.findings;
    console.error(`${length} ${length === 1 ? 'finding is' : 'findings are'} in ${baseline} now.`);
    return 0;
  }
  if (!flag(invocation, 'check')) return 0;
  if (!existsSync(baseline)) console.error(`There is no baseline ${baseline}, so every finding counts as new.`);
  return check(report, isNew);
}

/** Two reports on one terminal can't be told apart. */
function checkOutputs(invocation: Invocation): void {
  const printed = ['json', 'sarif', 'html'].filter((option) => text(invocation, option) === '-');
  if (printed.length > 1)
    throw new UsageError(
      `Only one report can go to the terminal, not ${printed.map((option) => `--${option}`).join(' and ')}. Give the others a file.`,
    );
}

/** Notes do not fail the check, because the drift that a sample shows differs from run to run. */
function check({ findings }: AuditReport, isNew: (finding: Finding) => boolean): number {
  const fresh = findings.filter((finding) => isNew(finding) && RULES[finding.rule].level !== 'note');
  if (fresh.length === 0) {
    console.error('No new finding.');
    return 0;
  }
  console.error(
    `${fresh.length} new ${fresh.length === 1 ? 'finding' : 'findings'}. Fix what is new, or accept it with --update-baseline.`,
  );
  return 1;
}

function print(invocation: Invocation, report: AuditReport, isNew: (finding: Finding) => boolean): void {
  const outputs: readonly (readonly [option: string, make: () => string])[] = [
    ['json', () => `${JSON.stringify(report, null, 2)}\n`],
    ['sarif', () => `${JSON.stringify(sarifReport(report, packageVersion()), null, 2)}\n`],
    ['html', () => htmlReport(report)],
  ];
  let isPrinted = false;
  for (const [option, make] of outputs) {
    const file = text(invocation, option);
    if (file === undefined) continue;
    if (file === '-') {
      process.stdout.write(make());
      isPrinted = true;
      continue;
    }
    writeText(resolve(file), make());
    console.error(`Wrote ${file}.`);
  }
  if (!isPrinted) console.log(terminalReport(report, isNew));
}
