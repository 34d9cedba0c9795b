import { fork } from 'node:child_process';
import { once } from 'node:events';

import { RUN_PROJECT } from './fork-child.ts';

/** A process that answers questions, one at a time. */
export interface Child {
  ask<T>(question: unknown): Promise<T>;
  stop(): Promise<void>;
}

type Answer = { readonly value: unknown } | { readonly error: string };

/** Starts a module that calls `answerParent`, with the built package like `forkChild`. */
export async function startChild(module: string, args: readonly string[]): Promise<Child> {
  const child = fork(module, args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, TSX_TSCONFIG_PATH: RUN_PROJECT },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const failed = once(child, 'exit').then(([code]): never => {
    throw new Error(`${module} ended with ${String(code)}`);
  });
  failed.catch(() => undefined);
  await Promise.race([once(child, 'message'), failed]);
  return {
    async ask<T>(question: unknown): Promise<T> {
      child.send(question as object);
      const [answer] = (await Promise.race([once(child, 'message'), failed])) as [Answer];
      if ('error' in answer) throw new Error(answer.error);
      return answer.value as T;
    },
    async stop() {
      child.disconnect();
      await failed.catch(() => undefined);
    },
  };
}
