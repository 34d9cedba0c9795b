import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TwoslashShikiReturn } from '@shikijs/twoslash/core';
import type { TwoslashNode } from 'twoslash-protocol';

/** The first line of a fence names its block. */
export const BLOCK_LINE = /^\/\/ @block (?<id>\S+)\n/;

/** What the compiler said of each block, by its number. The pages are compiled before this site is built. */
const COMPILED = join(import.meta.dirname, '../.blocks.json');

/** Gives twoslash the blocks that are compiled already, all in one program. */
export function lookUpBlock(): (text: string) => TwoslashShikiReturn {
  const compiled = JSON.parse(readFileSync(COMPILED, 'utf8')) as Readonly<Record<string, TwoslashNode[]>>;
  return (text) => {
    const nodes = compiled[BLOCK_LINE.exec(text)?.groups?.['id'] ?? ''];
    if (nodes === undefined) throw new Error(`This block was not compiled:\n${text}`);
    return { code: text.replace(BLOCK_LINE, ''), nodes: structuredClone(nodes), meta: { extension: 'ts' } };
  };
}
