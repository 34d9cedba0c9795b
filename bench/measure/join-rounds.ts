import type { WorkSamples } from './work.ts';

/** Concatenates the rounds of a piece of work that several processes measured. It has the same lanes in each. */
export function joinRounds(parts: readonly WorkSamples[]): WorkSamples {
  const [first] = parts;
  if (first === undefined) throw new Error('There is nothing to join');
  const samplesOf = (name: string) =>
    parts.flatMap(({ lanes }) => lanes.filter(({ lane }) => lane === name).flatMap(({ samples }) => samples));
  return { work: first.work, lanes: first.lanes.map(({ lane }) => ({ lane, samples: samplesOf(lane) })) };
}
