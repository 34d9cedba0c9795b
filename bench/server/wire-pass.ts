import { openCountingProxy } from '../measure/counting-proxy.ts';
import { measureTraffic, type Traffic } from '../measure/measure-traffic.ts';
import { readTask, withWorks } from './with-works.ts';

/** The traffic of the lanes of each piece of work on users, by its name. */
export type WirePass = ReadonlyMap<string, readonly Traffic[]>;

const task = readTask();
const proxy = await openCountingProxy(task.uri);

try {
  await withWorks({ ...task, uri: proxy.uri }, async (works): Promise<WirePass> => {
    const result = new Map<string, readonly Traffic[]>();
    for (const work of works.get('users') ?? []) {
      result.set(work.name, await measureTraffic(work, proxy));
      await work.clean?.();
    }
    return result;
  });
} finally {
  await proxy.close();
}
