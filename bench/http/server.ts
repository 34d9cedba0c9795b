import Fastify from 'fastify';

import { usernameOf } from '../data/make-user.ts';
import { between, seededRandom } from '../data/random.ts';
import { answerParent } from '../prepare/answer-parent.ts';
import { HTTP_LANES, type HttpLane } from './lanes.ts';
import { openLane } from './open-lane.ts';

/** What a server has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** The server of one contender, in a process of its own. Each picks the same users in the same order. */
const [lane, uri, database, users] = process.argv.slice(2) as [HttpLane, string, string, string];
const random = seededRandom(5);
const reads = await openLane(lane, { uri, database });
const app = Fastify();
if (lane === HTTP_LANES.guarded || lane === HTTP_LANES.json) {
  const { guardResponses } = await import('safe-collection/fastify');
  await app.register(guardResponses);
}
app.get('/one', () => reads.one(usernameOf(between(random, 0, Number(users) - 1))));
app.get<{ Params: { limit: string } }>('/list/:limit', (request) => reads.list(Number(request.params.limit)));

const origin = await app.listen({ host: '127.0.0.1', port: 0 });
answerParent((question): string | Usage => {
  if (question === 'origin') return origin;
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() };
});
