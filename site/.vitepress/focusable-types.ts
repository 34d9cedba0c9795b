import type { MarkdownOptions } from 'vitepress';

type CodeTransformer = NonNullable<MarkdownOptions['codeTransformers']>[number];
type Root = Parameters<NonNullable<CodeTransformer['root']>>[0];
type Node = Root | Root['children'][number];

/** Lets a keyboard reach the types in a block. Tab stops at its first name only, because a page has hundreds of them. */
export function focusableTypes(): CodeTransformer {
  return {
    name: 'focusable-types',
    root(root) {
      namesIn(root).forEach((properties, index) => {
        properties['tabindex'] = index === 0 ? '0' : '-1';
      });
    },
  };
}

/** The properties of the names that have a type to show. */
function namesIn(node: Node): readonly Record<string, unknown>[] {
  if (!('children' in node)) return [];
  const inside = node.children.flatMap((child) => namesIn(child as Node));
  if (node.type !== 'element' || !String(node.properties['class'] ?? '').includes('twoslash-hover')) return inside;
  const [name] = node.children;
  return name?.type === 'element' ? [name.properties, ...inside] : inside;
}
