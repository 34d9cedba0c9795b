import { spawnSync } from 'node:child_process';

/** Runs a command to its end. If it fails, throws an error with its output. */
export function runInFolder(cwd: string, command: string, args: readonly string[]): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
