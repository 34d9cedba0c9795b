import { setTimeout } from 'node:timers/promises';

type Collect = (options?: { readonly type: 'minor' | 'major' }) => void;

const collect = (globalThis as { readonly gc?: Collect }).gc;

/** Empties the young generation. Needs `--expose-gc`. */
export function collectYoung(): void {
  required()({ type: 'minor' });
}

/** Collects all garbage. Needs `--expose-gc`. */
export async function collectAll(): Promise<void> {
  required()();
  // Some objects are kept until the current tick of the event loop ends.
  await setTimeout(10);
  required()();
}

function required(): Collect {
  if (collect === undefined) throw new Error('Start node with --expose-gc');
  return collect;
}
