import { createSafeDb, defineView, SafeCollection, trusted, type CollectionOf } from 'safe-collection';

import type { Programs } from '../world.ts';

interface Mail {
  type: 'mail';
  to: string;
  tries: number;
  secret: string;
}

interface Resize {
  type: 'resize';
  width: number;
  tries: number;
}

type Job = Mail | Resize;

const jobView = defineView<Job>()({
  name: 'jobs',
  public: { type: 1, to: 1, width: 1, tries: 1 },
  writable: { tries: 1 },
});

/** Documents of several kinds in one collection. */
export const unions: Programs = {
  async 'a collection of jobs, under a declared type'({ db }) {
    class Queue {
      readonly #jobs: CollectionOf<typeof jobView>;

      constructor(jobs: CollectionOf<typeof jobView>) {
        this.#jobs = jobs;
      }

      async add(job: Job): Promise<void> {
        await this.#jobs.insertOne(trusted(job));
      }

      async next(type: Job['type']) {
        return await this.#jobs.findOneAndUpdate({ type }, { $inc: { tries: 1 } }, { projection: jobView });
      }
    }
    const queue = new Queue(new SafeCollection(db.collection<Job>('jobs'), jobView));
    await queue.add({ type: 'mail', to: 'ada', tries: 0, secret: 's' });
    await queue.add({ type: 'resize', width: 9, tries: 0 });
    const mail = await queue.next('mail');
    return [
      [mail?.type === 'mail' ? mail.to : 'no', await queue.next('resize')],
      ['ada', { type: 'resize', width: 9, tries: 0 }],
    ];
  },
  async 'jobs of a SafeDb'({ db }) {
    const { jobs } = createSafeDb(db, { jobs: jobView });
    await jobs.insertOne({ tries: 0 }, { trusted: trusted({ set: { type: 'mail', to: 'bob', secret: 's' } }) });
    await jobs.insertMany(trusted([{ type: 'resize', width: 1, tries: 2 }]));
    await jobs.bulkWrite([{ insertOne: { document: trusted({ type: 'resize', width: 2, tries: 2 }) } }]);
    return [
      await jobs.find({ tries: 2 }, { projection: ['width'], sort: { width: 1 } }).toArray(),
      [{ width: 1 }, { width: 2 }],
    ];
  },
};
