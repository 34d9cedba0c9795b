import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** The commands that compile, and make so many objects that collecting the young ones takes a quarter of the time. */
const COMPILING = new Set(['migrate']);
/** In megabytes. The default is 16. */
const YOUNG = 64;

/**
 * Runs a command that compiles in a process with more room for young objects, which can only be set when a process starts. The result is
 * the exit code, or `undefined` if the command is to run here.
 */
export function inLargerHeap(args: readonly string[]): number | undefined {
  const [name = ''] = args;
  const [, script] = process.argv;
  const isSet = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((one) => one.includes('semi-space'));
  const isHelp = args.includes('--help') || args.includes('-h');
  if (!COMPILING.has(name) || script === undefined || isSet || isHelp) return undefined;
  const node = [`--max-semi-space-size=${YOUNG}`, ...process.execArgv, script, ...args];
  const { status, signal } = spawnSync(process.execPath, node, { stdio: 'inherit' });
  return status ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
