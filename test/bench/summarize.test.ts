import { expect, it } from 'vitest';

import type { Sample } from '../../bench/measure/work.ts';
import { summarize } from '../../bench/report/summarize.ts';

const sample = (wallMs: number, cpuMs: number): Sample => ({ wallMs, cpuMs });

it('lanes are compared round by round, so that a slow spell of the machine cancels out', () => {
  const { chapters } = summarize({
    server: '6.0.5',
    time: new Map([
      [
        'users',
        [
          {
            work: 'findOne',
            lanes: [
              { lane: 'baseline', samples: [sample(1, 1), sample(10, 10), sample(2, 2)] },
              { lane: 'twice as fast', samples: [sample(0.5, 3), sample(5, 30), sample(1, 6)] },
            ],
          },
        ],
      ],
    ]),
    peers: new Map([
      [
        'users',
        [
          {
            work: 'findOne',
            lanes: [
              { lane: 'baseline', samples: [sample(2, 2), sample(4, 4)] },
              { lane: 'another library', samples: [sample(4, 2), sample(8, 4)] },
            ],
          },
        ],
      ],
    ]),
    allocation: new Map([
      [
        'findOne',
        [
          { lane: 'baseline', bytes: 100 },
          { lane: 'twice as fast', bytes: 250 },
        ],
      ],
    ]),
    wire: new Map([
      [
        'findOne',
        [
          { lane: 'baseline', received: 30, sent: 10 },
          { lane: 'twice as fast', received: 10, sent: 10 },
        ],
      ],
    ]),
  });
  const [table] = chapters.get('users') ?? [];
  expect(table?.rows[1]).toEqual({
    lane: 'twice as fast',
    wallMs: 1,
    speed: { median: 2, low: 2, high: 2 },
    cpu: { median: 3, low: 3, high: 3 },
    allocated: 2.5,
    wire: 0.5,
  });
  expect(table?.rows.map(({ lane }) => lane)).toEqual(['baseline', 'twice as fast', 'another library']);
  // It is compared with the baseline of its own process.
  expect(table?.rows[2]).toMatchObject({ wallMs: 6, speed: { median: 0.5 }, cpu: { median: 1 } });
  expect(table?.speedOf('baseline', 'twice as fast')?.median).toBe(0.5);
  expect(table?.speedOf('nobody', 'baseline')).toBeUndefined();
});
