import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These take minutes in `npm run test:security`. Vitest begins with large files, and these are small. */
const LONGEST = ['matrix-filters', 'values', 'adversarial', 'matrix-writes', 'drift', 'matrix-reads'].map(
  (name) => `test/security/${name}.test.ts`,
);

/** Begins with the longest files, so that no worker is left alone with one of them at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return process.env['SECURITY'] === 'full' ? sorted.toSorted((one, other) => rankOf(one) - rankOf(other)) : sorted;
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((file) => moduleId.endsWith(file));
  return rank < 0 ? LONGEST.length : rank;
}
