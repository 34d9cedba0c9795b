import { type Allocation, measureAllocation } from '../measure/measure-allocation.ts';
import { readTask, withWorks } from './with-works.ts';

/** The allocated bytes of the lanes of each piece of work on users, by its name. */
export type AllocationPass = ReadonlyMap<string, readonly Allocation[]>;

const task = readTask();
const { allocationCalls } = task.size;

await withWorks(task, async (works): Promise<AllocationPass> => {
  const result = new Map<string, readonly Allocation[]>();
  for (const work of works.get('users') ?? []) {
    // The young generation has room for only a few of the largest calls.
    result.set(work.name, await measureAllocation(work, work.isLarge === true ? 2 : allocationCalls));
    await work.clean?.();
  }
  return result;
});
