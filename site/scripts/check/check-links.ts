import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

const ATTRIBUTE = /<(?<tag>\w+)\b[^>]*?\s(?<name>href|src)="(?<value>[^"]*)"/g;
const ID = /\sid="(?<id>[^"]*)"/g;
const CSS_URL = /url\(["']?(?<value>[^"')]+)["']?\)/g;

/** Links of the built site that lead nowhere, and files that a page would load from another host. */
export function checkLinks(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages = names.filter((name) => name.endsWith('.html'));
  const ids = new Map(pages.map((name) => [name, idsIn(readFileSync(join(folder, name), 'utf8'))]));
  const styles = names.filter((name) => name.endsWith('.css'));
  return [
    ...pages.flatMap((page) => faultsIn(folder, page, ids)),
    ...styles.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(CSS_URL)]
        .map(({ groups }) => groups?.['value'] ?? '')
        .filter((value) => /^(?:https?:)?\/\//.test(value))
        .map((value) => `${name} loads ${value}`),
    ),
  ];
}

function idsIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(ID)].map(({ groups }) => decode(groups?.['id'] ?? '')));
}

function faultsIn(folder: string, page: string, ids: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  return [...html.matchAll(ATTRIBUTE)].flatMap(({ groups = {} }) => {
    const { tag = '', value = '' } = groups;
    if (/^(?:https?:)?\/\//.test(value)) return tag === 'a' ? [] : [`${page} loads ${value}`];
    if (/^[a-z]+:/.test(value)) return [];
    const [path = '', anchor] = decode(value).split('#');
    const target = path === '' ? page : targetOf(folder, page, path);
    if (!existsSync(join(folder, target))) return [`${page} links to ${value}, which does not exist`];
    if (anchor === undefined || anchor === '' || ids.get(target)?.has(anchor) !== false) return [];
    return [`${page} links to ${value}, and ${target} has no #${anchor}`];
  });
}

function targetOf(folder: string, page: string, path: string): string {
  const absolute = path.startsWith('/') ? path.slice(1) : posix.join(dirname(page), path);
  const file = absolute === '' || absolute.endsWith('/') ? `${absolute}index.html` : absolute;
  return relative(folder, join(folder, file));
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('&amp;', '&'));
}
