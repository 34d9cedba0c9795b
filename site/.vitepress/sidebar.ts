import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = join(import.meta.dirname, '../.pages');

interface Group {
  readonly text: string;
  readonly items: readonly string[];
  readonly collapsed?: boolean;
}

const GROUPS: readonly Group[] = [
  { text: 'Start', items: ['tutorial', 'examples', 'playground', 'comparison'] },
  {
    text: 'Basics',
    items: ['views', 'reads', 'filters', 'writes', 'aggregation', 'pages', 'mistakes'],
  },
  { text: 'Whose rows', items: ['scopes', 'audiences', 'opaque-ids', 'sharding', 'live'] },
  { text: 'Trusted code', items: ['privileged', 'responses', 'floor', 'your-job'] },
  { text: 'Bring it in', items: ['migrating', 'cli', 'lint/index', 'testing'] },
  { text: 'Used with', items: ['nestjs', 'trpc', 'edge', 'agents'] },
  { text: 'Security', items: ['threat-model', 'limits', 'security'] },
  { text: 'Reference', items: ['reference/index', 'errors', 'changelog'] },
  {
    text: 'Speed',
    items: [
      'performance',
      'results/reads-and-writes',
      'results/http',
      'results/json',
      'results/types',
      'results/memory',
    ],
  },
  { text: 'Contribute', items: ['contributing', 'architecture'] },
];

interface Entry {
  readonly text: string;
  readonly link: string;
}

/** The groups of the sidebar. A page of the docs that is in none is in the last one. */
export function sidebar(): { text: string; items: Entry[] }[] {
  const listed = new Set(GROUPS.flatMap(({ items }) => items));
  const others = readdirSync(PAGES)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .filter((name) => name !== 'index' && !listed.has(name));
  const groups = others.length === 0 ? GROUPS : [...GROUPS, { text: 'More', items: others }];
  return groups.map(({ text, items }) => ({ text, items: items.map(entryOf) }));
}

function entryOf(page: string): Entry {
  const text = readFileSync(join(PAGES, `${page}.md`), 'utf8');
  const title = /^# (?<title>.+)$/m.exec(text)?.groups?.['title'] ?? page;
  return { text: title.replace(/: .*$/, ''), link: `/${page.replace(/index$/, '')}` };
}
