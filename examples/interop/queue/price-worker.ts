import { Worker, type ConnectionOptions, type Job } from 'bullmq';
import { SafeCollectionError } from 'safe-collection';

import type { Products } from '../shop/open-shop.ts';

/** What is put in the queue. A job is stored in Redis and shown on dashboards, so it has no document. */
export interface PriceJob {
  readonly sku: string;
  readonly price: number;
}

/** What a job returns is stored in Redis too: only counts. */
export interface PriceResult {
  readonly matched: number;
}

/**
 * The processor of the jobs. What a worker throws is stored in Redis with its stack: errors of the library have no stored value, and of
 * others only the name is kept.
 */
export function priceProcessor(products: Products) {
  return async ({ data }: Pick<Job<PriceJob>, 'data'>): Promise<PriceResult> => {
    try {
      const { matchedCount } = await products.updateOne({ sku: data.sku }, { $set: { price: data.price } });
      return { matched: matchedCount };
    } catch (error) {
      if (error instanceof SafeCollectionError) throw error;
      throw new Error(`The job failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };
}

export function startPriceWorker(products: Products, connection: ConnectionOptions): Worker<PriceJob, PriceResult> {
  return new Worker<PriceJob, PriceResult>('prices', priceProcessor(products), { connection });
}
