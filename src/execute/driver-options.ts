import type { Plan } from '../plan/plan.ts';
import { PINNED_OPTIONS } from './pinned-options.ts';
import type { Target } from './target.ts';

/** The options object for the driver: each name it reads is an own property. */
export function driverOptions({ session }: Target, plan: Plan, planned: object = {}): object {
  return { ...PINNED_OPTIONS, ...plan.options, ...planned, ...(session === undefined ? {} : { session }) };
}
