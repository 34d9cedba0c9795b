import { dirname, posix } from 'node:path';

const LINK = /(?<!!)\[(?<label>(?:[^[\]]|\\.)*)\]\((?<href>[^)\s]+)\)/g;

/**
 * Points the links of a page at pages of the site. A link to a file that is no page becomes its text, because the site has no
 * address for it.
 *
 * @param file - the path of the page's source in the repository.
 * @param text - its Markdown.
 * @param pages - the page of each file of the repository.
 */
export function rewriteLinks(file: string, text: string, pages: ReadonlyMap<string, string>): string {
  const from = dirname(pages.get(file) ?? file);
  return text.replaceAll(LINK, (link: string, ...rest: readonly unknown[]) => {
    const { label = '', href = '' } = rest.at(-1) as Readonly<Record<string, string>>;
    if (/^[a-z]+:|^#/.test(href)) return link;
    const [path = '', anchor] = href.split('#');
    const page = pages.get(posix.join(dirname(file), path));
    if (page === undefined) return label;
    const relative = posix.relative(from, page);
    return `[${label}](${relative.startsWith('.') ? relative : `./${relative}`}${anchor === undefined ? '' : `#${anchor}`})`;
  });
}
