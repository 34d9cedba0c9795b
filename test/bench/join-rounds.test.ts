import { expect, it } from 'vitest';

import { joinRounds } from '../../bench/measure/join-rounds.ts';

const sample = (wallMs: number) => ({ wallMs, cpuMs: wallMs / 2 });
const part = (raw: readonly number[], safe: readonly number[]) => ({
  work: 'findOne',
  lanes: [
    { lane: 'raw', samples: raw.map(sample) },
    { lane: 'safe', samples: safe.map(sample) },
  ],
});

it('the rounds of several processes stay together, lane by lane', () => {
  expect(joinRounds([part([1, 2], [10, 20]), part([3], [30])])).toEqual(part([1, 2, 3], [10, 20, 30]));
});

it('nothing can not be joined', () => {
  expect(() => joinRounds([])).toThrow('nothing to join');
});
