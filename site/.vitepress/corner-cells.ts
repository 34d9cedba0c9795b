import type { MarkdownRenderer } from 'vitepress';

/** Makes an ordinary cell of an empty header cell. A screen reader would announce a header without a name. */
export function cornerCells(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('corner-cells', ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type !== 'th_open' || tokens[index + 1]?.content !== '') return;
      token.tag = 'td';
      const close = tokens[index + 2];
      if (close !== undefined) close.tag = 'td';
    });
  });
}
