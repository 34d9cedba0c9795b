import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The words of an error are no promise; its code is, and so are the names in it. A text with a space is a sentence. */
const REASON = 'A sentence: tests hold codes and names, not words.';

/** @type {import('@stryker-mutator/api/ignore').Ignorer} */
const ignorer = {
  shouldIgnore: ({ node }) => (textsOf(node).some((text) => text.trim().includes(' ')) ? REASON : undefined),
};

function textsOf(node) {
  if (node.type === 'StringLiteral') return [node.value];
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw) : [];
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'sentences', ignorer)];
