/** What is in each module of the package, in the order in which a reader needs them. */
const MODULES: Readonly<Record<string, string>> = {
  'safe-collection': 'views, collections, cursors, scopes, `op()`, `trusted()`, errors',
  'safe-collection/privileged': 'reads of private fields in trusted code, and MongoDB views',
  'safe-collection/fastify': 'the response guard for Fastify',
  'safe-collection/express': 'the response guard for Express',
  'safe-collection/hono': 'the response guard for Hono',
  'safe-collection/testing': 'tests of your routes in databases that differ in private fields',
  'safe-collection/agent': 'tools for language models',
};

const ITEM = /^- \[(?<name>[^\]]+)\]\((?<link>[^)]+)\)$/gm;

/** The start page of the reference, with what is in each module. */
export function describeModules(page: string): string {
  const links = new Map(
    [...page.matchAll(ITEM)].map(({ groups = {} }) => [groups['name'] ?? '', groups['link'] ?? '']),
  );
  const unknown = [...links.keys()].find((name) => !Object.hasOwn(MODULES, name));
  if (unknown !== undefined) throw new Error(`Say what ${unknown} has, in describe-modules.ts.`);
  const rows = Object.entries(MODULES).map(([name, about]) => {
    const link = links.get(name);
    if (link === undefined) throw new Error(`The reference has no ${name}.`);
    return `| [\`${name}\`](${link}) | ${about} |`;
  });
  return [
    '# Reference',
    '',
    'Made from the comments of the source.',
    '',
    '| module | what is in it |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}
