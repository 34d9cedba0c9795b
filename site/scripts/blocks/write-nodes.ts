import { writeFileSync } from 'node:fs';

import { assertAsPromised } from './assert-as-promised.ts';
import { compileBlocks } from './compile-blocks.ts';
import { nodesOf } from './nodes-of.ts';
import type { PageBlock } from './page-block.ts';

/** Compiles all blocks, and writes what the pages show of them. A block that breaks its promise ends the build. */
export function writeNodes(root: string, blocks: readonly PageBlock[], file: string): void {
  const compiled = compileBlocks(root, blocks);
  const nodes = blocks.map((block) => {
    const own = nodesOf(compiled, block);
    assertAsPromised(block, own);
    return [block.id, own] as const;
  });
  writeFileSync(file, JSON.stringify(Object.fromEntries(nodes)));
}
