import { compileMistakes, type Report } from '../docs/compile-mistakes.ts';
import type { Verdict } from './judge.ts';

/** Checks that a compiler says the same of each mistake in the docs as TypeScript 7, at the same place. */
export function compareMistakes(compiler: string): Verdict {
  const expected = reportsOf('@typescript/native');
  const failures = reportsOf(compiler).flatMap(({ mistake, places, message }, index) => {
    const right = expected[index];
    const same = right?.message === message && right.places.join() === places.join();
    return same ? [] : [`${mistake.code}: ${compiler} says: ${message} (at ${places.join(', ')})`];
  });
  return { passed: expected.length - failures.length, failures };
}

function reportsOf(compiler: string): readonly Report[] {
  return [...compileMistakes(`${compiler}/bin/tsc`).values()].flat();
}
