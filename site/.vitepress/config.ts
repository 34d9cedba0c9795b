import { transformerTwoslash } from '@shikijs/vitepress-twoslash';
import { defineConfig, type MarkdownOptions } from 'vitepress';

import { cornerCells } from './corner-cells.ts';
import { focusableTypes } from './focusable-types.ts';
import { lookUpBlock } from './look-up-block.ts';
import { sidebar } from './sidebar.ts';

type CodeTransformer = NonNullable<MarkdownOptions['codeTransformers']>[number];

export default defineConfig({
  title: 'safe-collection',
  description: 'Type-safe MongoDB collections: a field that no view makes public does not compile, and does not run.',
  lang: 'en',
  srcDir: '.pages',
  outDir: 'dist',
  cleanUrls: false,
  lastUpdated: false,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }],
    ['meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }],
  ],
  markdown: {
    config: cornerCells,
    // VitePress 1 has an older Shiki, whose transformers have the same methods.
    codeTransformers: [
      transformerTwoslash({ twoslasher: lookUpBlock() }) as unknown as CodeTransformer,
      focusableTypes(),
    ],
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    nav: [
      { text: 'Learn', link: '/tutorial' },
      { text: 'Guides', link: '/views' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Playground', link: '/playground' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: 'Released under the Apache-2.0 licence.' },
    docFooter: { prev: 'Previous page', next: 'Next page' },
  },
});
