type Collect = (options?: { readonly type: 'minor' | 'major' }) => void;

const collect = (globalThis as { readonly gc?: Collect }).gc;

/** Empties the young generation. Needs `--expose-gc`. */
export function collectYoung(): void {
  required()({ type: 'minor' });
}

/** Collects everything that nothing holds any more. Needs `--expose-gc`. */
export function collectAll(): void {
  required()({ type: 'major' });
}

function required(): Collect {
  if (collect === undefined) throw new Error('Start node with --expose-gc');
  return collect;
}
