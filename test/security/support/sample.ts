import { Dice } from '../../write/support/random-update.ts';

/** Whether all cells run. `npm test` runs a sample of them, always the same for a seed. */
export const IS_FULL = process.env['SECURITY'] === 'full';

export const SEED = Number(process.env['SECURITY_SEED'] ?? 20_261_129);

/** A part of the items: all of them in the full run, and about `count` in the sample. */
export function sampled<T>(items: readonly T[], count: number): readonly T[] {
  if (IS_FULL || items.length <= count) return items;
  const dice = new Dice(SEED);
  return items.filter(() => dice.roll(items.length) < count);
}
