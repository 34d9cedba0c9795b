import { spawn } from 'node:child_process';

export interface Limits {
  readonly env: Environment;
  readonly totalMs: number;
  /** The longest time without a line of output. A blocked host prints nothing, a slow one does. */
  readonly silenceMs?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type RunCommand = (command: string, args: readonly string[], limits: Limits) => Promise<string>;

/** Runs a command to its end and resolves to its stdout; rejects with the reason in one line. */
export const runCommand: RunCommand = (command, args, limits) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: limits.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    const stop = (reason: string) => {
      reject(new Error(reason));
      child.kill('SIGKILL');
    };

    const total = setTimeout(() => stop(`not done after ${limits.totalMs / 1000} s`), limits.totalMs);
    const { silenceMs } = limits;
    const silence =
      silenceMs === undefined ? undefined : setTimeout(() => stop(`nothing came for ${silenceMs / 1000} s`), silenceMs);

    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
        silence?.refresh();
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(error.code === 'ENOENT' ? `${command} is not there` : error.message));
    });
    child.on('close', (code, signal) => {
      clearTimeout(total);
      clearTimeout(silence);
      if (code === 0) return resolve(output.stdout);
      reject(new Error(lastLines(output.stderr) || `ended with ${code ?? signal}`));
    });
  });

function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).slice(-3).join(' ');
}
