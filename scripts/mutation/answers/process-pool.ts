import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import type { Baseline, Question, Verdict } from './messages.ts';

/** A mutant that takes longer runs forever. */
const LONGEST = 30_000;
/** Each load of the library stays in memory for a while. */
const MUTANTS_EACH = 150;

const PROGRAM = new URL('try-mutants.ts', import.meta.url);

/** One process after another that tries mutants. */
export class Tryer {
  readonly #given: readonly string[];
  #child: ChildProcess | undefined;
  #tried = 0;

  /** @param given - the arguments of the process. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  async baseline(): Promise<Baseline> {
    const answer = await this.#ask({ baseline: true });
    if (answer === undefined) throw new Error('The answers without a mutant failed.');
    return answer as Baseline;
  }

  /** A mutant that ends the process, or runs forever, counts as a timeout. */
  async try(mutant: string): Promise<Verdict> {
    if (this.#tried >= MUTANTS_EACH) await this.stop();
    this.#tried += 1;
    const answer = await this.#ask({ mutant });
    if (answer !== undefined) return answer as Verdict;
    await this.stop();
    return { mutant, status: 'Timeout' };
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#tried = 0;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** The answer, or `undefined` if the process ended or took too long. */
  async #ask(question: Question): Promise<unknown> {
    const child = this.#child ?? (await this.#start());
    const stopping = new AbortController();
    const { signal } = stopping;
    const answered = once(child, 'message', { signal }).then(([message]) => message as unknown);
    const ended = once(child, 'exit', { signal }).then(() => undefined);
    const late = pause('baseline' in question ? 20 * LONGEST : LONGEST, undefined, { signal });
    child.send(question);
    return await Promise.race([answered, ended, late]).finally(() => stopping.abort());
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(PROGRAM, [...this.#given], { execArgv: ['--import', 'tsx', '--max-old-space-size=3000'] });
    this.#child = child;
    await once(child, 'message');
    return child;
  }
}
