import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { lastLines, type Result } from './result.ts';

const run = promisify(execFile);

/** So long the portable program may take. */
const TIMEOUT_MS = 120_000;

/** Runs the portable program in a folder with a command. */
export async function runPortable(
  part: string,
  version: string,
  command: readonly string[],
  folder: string,
  uri: string,
): Promise<Result> {
  const [file = '', ...args] = command;
  const program = 'a program: import, write, find, page, pipeline, transaction, refusals';
  try {
    const { stdout } = await run(file, [...args, 'run-program.mjs', uri], { cwd: folder, timeout: TIMEOUT_MS });
    const fault = stdout.includes('passed: ') ? undefined : `it ended without a result: ${lastLines(stdout)}`;
    return { part, version, ran: program, fault };
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    return { part, version, ran: program, fault: lastLines(`${stdout ?? ''}${stderr ?? ''}`) || message };
  }
}
