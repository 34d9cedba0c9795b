import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A test suite that runs in a separate process. It ends with a line `NAME: N passed, N failed`. */
export interface Suite {
  readonly name: string;
  /** The arguments of `node`. */
  readonly args: readonly string[];
}

/** Runs a suite, prints how long it took, and says whether it passed. */
export async function runSuite({ name, args }: Suite, cwd: string): Promise<boolean> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  const [status] = (await once(child, 'exit')) as [number | null];
  console.log(`${name} took ${Math.round((performance.now() - start) / 1000)} s`);
  return status === 0;
}
