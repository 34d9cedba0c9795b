import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { Script } from 'node:vm';

import type { AnswerList } from '../../../test/answers/support/answer-list.ts';
import type { Recorder } from '../../../test/answers/support/recorder.ts';

/** What the bundle of the answers exports. */
export interface Answering {
  readonly LISTS: readonly AnswerList[];
  readonly Recorder: typeof Recorder;
}

/** What the mutated files look at: the active mutant, and where they count what ran. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { readonly static: Counts; readonly perTest: Record<string, Counts> } | undefined;
}

type Counts = Readonly<Record<string, number>>;

const CALL = 'call';

/** The library with all its mutants. It is loaded anew for each of them, so none leaves anything behind. */
export class MutatedLibrary {
  readonly #script: Script;
  readonly #require: NodeJS.Require;
  readonly #switches: Switches = {};

  private constructor(text: string, file: string, root: string) {
    this.#script = new Script(`(function (exports, require, module) {${text}\n})`, { filename: file });
    this.#require = createRequire(`${root}/package.json`);
    Object.assign(globalThis, { __stryker__: this.#switches });
  }

  static async open(file: string, root: string): Promise<MutatedLibrary> {
    return new MutatedLibrary(await readFile(file, 'utf8'), file, root);
  }

  /** The answers, with a mutant that is active from the start. */
  load(mutant?: string): Answering {
    this.#switches.activeMutant = mutant;
    const module = { exports: {} };
    const run = this.#script.runInThisContext() as (...given: readonly unknown[]) => void;
    run(module.exports, this.#require, module);
    return module.exports as Answering;
  }

  /** The same without a mutant, and the mutants whose code runs on loading. */
  loadCovering(): { readonly result: Answering; readonly covered: readonly number[] } {
    const counts = { static: {}, perTest: {} };
    this.#switches.mutantCoverage = counts;
    return { result: this.load(), covered: Object.keys(counts.static).map(Number) };
  }

  /** Runs a call of that, and adds the mutants whose code it runs. Each file keeps the object that counts, so it stays the same one. */
  async covering<T>(call: () => Promise<T>): Promise<{ readonly result: T; readonly covered: readonly number[] }> {
    const counts = this.#switches.mutantCoverage?.perTest ?? {};
    delete counts[CALL];
    this.#switches.currentTestId = CALL;
    const result = await call();
    this.#switches.currentTestId = undefined;
    return { result, covered: Object.keys(counts[CALL] ?? {}).map(Number) };
  }
}
