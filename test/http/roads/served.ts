import type { SafeCollectionError } from '../../../src/index.ts';
import type { Roads } from './road.ts';

/** How the adapters of the tests are set up. */
export const OPTIONS = { envelope: ['error'], passThrough: ['text/html'] } as const;

/** A server with a route for each road of an adapter. */
export interface Served {
  readonly origin: string;
  readonly refusals: SafeCollectionError[];
  readonly close: () => unknown;
}

/** An adapter's own roads: those that end at the guard, and those that it does not see. */
export interface AdapterRoads<Handler> {
  readonly stopped: Roads<Handler>;
  readonly outOfReach: Roads<Handler>;
}

/** The route of a road. */
export function pathOf(road: string): string {
  return `/${Buffer.from(road).toString('hex')}`;
}
