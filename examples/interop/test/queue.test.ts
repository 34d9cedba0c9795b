import { Queue, QueueEvents, type Job } from 'bullmq';
import { afterAll, expect, it } from 'vitest';

import { priceProcessor, startPriceWorker, type PriceJob, type PriceResult } from '../queue/price-worker.ts';
import { startRedis } from './support/redis.ts';
import { seededShop } from './support/seeded-shop.ts';

const { db, products } = seededShop();
const connection = await startRedis();
const queue = new Queue<PriceJob, PriceResult>('prices', { connection });
const events = new QueueEvents('prices', { connection });
const worker = startPriceWorker(products, connection);

afterAll(async () => {
  await worker.close();
  await events.close();
  await queue.close();
});

it('a worker writes within its shop, and returns counts', async () => {
  const job = await queue.add('price', { sku: 'lamp', price: 75 });
  expect(await job.waitUntilFinished(events, 10_000)).toEqual({ matched: 1 });
  expect(await products.findOne({ sku: 'lamp' }, { projection: ['price'] })).toEqual({ price: 75 });
  const other = await queue.add('price', { sku: 'SECRET-LAMP', price: 75 });
  expect(await other.waitUntilFinished(events, 10_000)).toEqual({ matched: 0 });
});

it('a job with a condition in the place of a value fails, and writes nothing', async () => {
  const before = await db.collection('products').find().toArray();
  const job = await queue.add('price', { sku: { $ne: '' } as never, price: 0 });
  await expect(job.waitUntilFinished(events, 10_000)).rejects.toThrow(/plain operator object/);
  const { failedReason, stacktrace } = (await queue.getJob(job.id ?? '')) as Job;
  expect(failedReason).toContain('plain operator object');
  expect(JSON.stringify(stacktrace)).not.toContain('lamp');
  expect(await db.collection('products').find().toArray()).toEqual(before);
});

it('the error of another library is stored without its message', async () => {
  const broken = { updateOne: () => Promise.reject(new TypeError('SECRET')) } as never;
  await expect(priceProcessor(broken)({ data: { sku: 'lamp', price: 1 } })).rejects.toThrow(
    'The job failed: TypeError',
  );
});
