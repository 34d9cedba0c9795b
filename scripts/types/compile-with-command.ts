import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';

import type { Diagnostic } from './diagnostic.ts';

const REPORT = /^(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): error TS\d+: (?<message>.*)$/;

/**
 * Compiles a project with a `tsc` command, and parses its output, because TypeScript 7 has no compiler API.
 *
 * @param tsc - the path of the command's script.
 */
export function compileWithCommand(tsc: string, project: string, flags: readonly string[] = []): readonly Diagnostic[] {
  const cwd = dirname(project);
  const run = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false', '--noEmit', ...flags], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.error !== undefined) throw run.error;
  const diagnostics = parse(run.stdout, cwd);
  if (run.status === 0 || diagnostics.length > 0) return diagnostics;
  return [{ file: '', line: 0, column: 0, message: `${run.stdout}${run.stderr}`.trim() }];
}

function parse(output: string, cwd: string): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const line of output.split('\n')) {
    const report = REPORT.exec(line)?.groups;
    const last = diagnostics.at(-1);
    if (report !== undefined) {
      diagnostics.push({
        file: resolve(cwd, report['file'] ?? ''),
        line: Number(report['line']),
        column: Number(report['column']),
        message: report['message'] ?? '',
      });
    } else if (line.startsWith(' ') && last !== undefined) {
      diagnostics[diagnostics.length - 1] = { ...last, message: `${last.message} ${line.trim()}` };
    } else if (line.startsWith('error ')) {
      diagnostics.push({ file: '', line: 0, column: 0, message: line });
    }
  }
  return diagnostics;
}
