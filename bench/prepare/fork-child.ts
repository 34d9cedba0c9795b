import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** The `tsconfig.json` with which `safe-collection` is the built package. */
export const RUN_PROJECT = resolve(import.meta.dirname, '../tsconfig.run.json');

/**
 * Runs a module of the benchmark in a separate process and returns what it sends. There `safe-collection` is the built
 * package, as for users, and not the sources that the other `tsconfig.json` points at.
 *
 * @param flags - flags of node and V8.
 */
export async function forkChild<T>(module: string, args: readonly string[], flags: readonly string[]): Promise<T> {
  const child = fork(module, args, {
    execArgv: ['--import', 'tsx', ...flags],
    env: { ...process.env, TSX_TSCONFIG_PATH: RUN_PROJECT },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  let answer: { readonly value: T } | undefined;
  child.on('message', (value) => {
    answer = { value: value as T };
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || answer === undefined) throw new Error(`${module} ended with ${code} and no result`);
  return answer.value;
}
