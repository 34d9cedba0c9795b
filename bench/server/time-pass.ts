import { seededRandom } from '../data/random.ts';
import { runRounds } from '../measure/run-rounds.ts';
import type { WorkSamples } from '../measure/work.ts';
import type { Chapter } from './chapters.ts';
import { readTask, withWorks } from './with-works.ts';

/** Wall and CPU time of every lane, by chapter. */
export type TimePass = ReadonlyMap<Chapter, readonly WorkSamples[]>;

const task = readTask();
const random = seededRandom(2);

await withWorks(task, async (works): Promise<TimePass> => {
  const chapters = new Map<Chapter, readonly WorkSamples[]>();
  for (const [chapter, list] of works) {
    const samples: WorkSamples[] = [];
    for (const work of list) {
      console.error(`bench: ${work.name}`);
      samples.push(await runRounds(work, task.size, random));
      await work.clean?.();
    }
    chapters.set(chapter, samples);
  }
  return chapters;
});
