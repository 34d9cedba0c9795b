import { performance } from 'node:perf_hooks';

import { type Random, shuffled } from '../data/random.ts';
import type { Size } from '../size.ts';
import { collectYoung } from './collect-garbage.ts';
import type { Lane, Sample, Work, WorkSamples } from './work.ts';

type Pace = Pick<Size, 'warmUpMs' | 'sampleMs' | 'minRounds' | 'maxRounds' | 'secondsPerWork'>;

/**
 * Runs every lane once in each round, in a random order, so that a slow phase of the machine affects all of them. Short calls are
 * repeated until a sample is long enough to be measured.
 */
export async function runRounds(work: Work, pace: Pace, random: Random): Promise<WorkSamples> {
  const repeats = new Map<Lane, number>();
  for (const lane of work.lanes) repeats.set(lane, await warmUp(lane, pace));
  const samples = new Map<Lane, Sample[]>(work.lanes.map((lane) => [lane, []]));
  const end = performance.now() + pace.secondsPerWork * 1_000;
  for (let round = 0; round < pace.maxRounds; round += 1) {
    if (round >= pace.minRounds && performance.now() > end) break;
    for (const lane of shuffled(random, work.lanes))
      samples.get(lane)?.push(await takeSample(lane, repeats.get(lane) ?? 1));
  }
  return { work: work.name, lanes: work.lanes.map((lane) => ({ lane: lane.name, samples: samples.get(lane) ?? [] })) };
}

/** Runs a lane until its code is compiled, and returns the number of calls for a sample. */
async function warmUp(lane: Lane, { warmUpMs, sampleMs }: Pace): Promise<number> {
  let calls = 0;
  const start = performance.now();
  do {
    await lane.run();
    calls += 1;
  } while (performance.now() - start < warmUpMs);
  return Math.max(1, Math.ceil((sampleMs * calls) / (performance.now() - start)));
}

async function takeSample(lane: Lane, repeats: number): Promise<Sample> {
  // So that this lane does not collect the garbage of the previous one.
  collectYoung();
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  for (let call = 0; call < repeats; call += 1) await lane.run();
  const wallMs = (performance.now() - start) / repeats;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs, cpuMs: (user + system) / 1_000 / repeats };
}
