import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';

import { seededRandom } from '../../bench/data/random.ts';

it('each lane runs in every round, in orders that differ', async () => {
  // The benchmark's processes are started with this flag; a test's worker gets it here.
  setFlagsFromString('--expose-gc');
  vi.stubGlobal('gc', runInNewContext('gc'));
  const { runRounds } = await import('../../bench/measure/run-rounds.ts');
  const order: string[] = [];
  const lanes = ['a', 'b', 'c'].map((name) => ({ name, run: () => order.push(name) }));
  const pace = { warmUpMs: 0, sampleMs: 0, minRounds: 30, maxRounds: 30, secondsPerWork: 0 };
  const { lanes: measured } = await runRounds({ name: 'nothing', lanes }, pace, seededRandom(1));
  expect(measured.map(({ lane, samples }) => [lane, samples.length])).toEqual([
    ['a', 30],
    ['b', 30],
    ['c', 30],
  ]);
  // One call of each lane warms it up.
  const rounds = Array.from({ length: 30 }, (_, round) => order.slice(3 + 3 * round, 6 + 3 * round));
  expect(rounds.every((round) => new Set(round).size === 3)).toBe(true);
  expect(new Set(rounds.map((round) => round.join(''))).size).toBe(6);
});
