import type { TwoWorldsReport } from './two-worlds.ts';

/** What a matcher of vitest or jest returns. */
interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as methods of `expect()`. */
export interface WorldMatchers<R = unknown> {
  /** Passes if a report of `twoWorlds()` has no difference. */
  toBeTheSameInBothWorlds(): R;
}

/**
 * Matchers for `expect.extend()` of vitest and jest: `toBeTheSameInBothWorlds()` takes a report of `twoWorlds()`.
 *
 * @example
 * const report = { differences: [], unstable: [], privatePaths: ['users.password_hash'] };
 * console.log(worldMatchers.toBeTheSameInBothWorlds(report).pass); // → true
 */
export const worldMatchers = Object.freeze({
  /** Passes if the report has no difference. The message lists the differences, without stored values. */
  toBeTheSameInBothWorlds(report: TwoWorldsReport): MatcherResult {
    const { differences } = report;
    return {
      pass: differences.length === 0,
      message: () =>
        differences.length === 0
          ? 'The application answers the same in both worlds.'
          : `The application shows private fields:\n${differences.map(describe).join('\n')}`,
    };
  },
});

function describe({ request, place, causes }: TwoWorldsReport['differences'][number]): string {
  return `  ${request}: ${place} differs${causes.length === 0 ? '' : `, because of ${causes.join(', ')}`}`;
}
