import { setTimeout } from 'node:timers/promises';

type Collect = (options?: { readonly type: 'minor' | 'major' }) => void;

const collect = (globalThis as { readonly gc?: Collect }).gc;

/** Empties the young generation. Needs `--expose-gc`. */
export function collectYoung(): void {
  required()({ type: 'minor' });
}

/** Collects everything that nothing holds any more. Needs `--expose-gc`. */
export async function collectAll(): Promise<void> {
  required()();
  // Some things are held until the turn of the event loop ends.
  await setTimeout(10);
  required()();
}

function required(): Collect {
  if (collect === undefined) throw new Error('Start node with --expose-gc');
  return collect;
}
