import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends a run with `tests: N passed, N failed`, which `.ci/run` adds to the type tests' line. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that can't be loaded and a hook that fails count too: their tests never ran.
    const brokenModules = modules.filter((module) => module.errors().length > 0);
    const brokenSuites = modules.flatMap((module) =>
      [...module.children.allSuites()].filter((suite) => suite.errors().length > 0),
    );
    const failed =
      inState('failed') + inState('pending') + brokenModules.length + brokenSuites.length + unhandledErrors.length;
    console.log(`tests: ${inState('passed')} passed, ${failed} failed`);
  }
}
