import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportsOf, type Known } from './write-module.ts';

/**
 * The names that a block of the docs may use without importing them.
 *
 * @param prelude - how a module of a block imports `test/docs/prelude.ts`.
 */
export function knownNames(root: string, prelude: string): readonly Known[] {
  const exported = (path: string, from: string) => exportsOf(readFileSync(join(root, path), 'utf8'), from);
  return [
    ...exported('src/index.ts', 'safe-collection'),
    ...exported('test/docs/prelude.ts', prelude),
    ...exported('src/privileged.ts', 'safe-collection/privileged'),
    ...exported('src/testing.ts', 'safe-collection/testing'),
    ...exported('src/agent.ts', 'safe-collection/agent'),
    { name: 'ObjectId', from: 'mongodb', isType: false },
  ];
}
