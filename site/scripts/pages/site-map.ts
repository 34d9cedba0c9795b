import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The pages that are made from files of the repository: the file, and the page in the site. */
export function siteMap(root: string): ReadonlyMap<string, string> {
  const named = (folder: string, target: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => [`${folder}/${name}`, `${target}${name}`] as const);
  return new Map([
    ...named('docs', ''),
    ...named('packages/eslint-plugin/docs/rules', 'lint/'),
    ['packages/eslint-plugin/README.md', 'lint/index.md'],
    ['bench/RESULTS.md', 'results/reads-and-writes.md'],
    ['bench/RESULTS-HTTP.md', 'results/http.md'],
    ['bench/RESULTS-JSON.md', 'results/json.md'],
    ['bench/RESULTS-MEMORY.md', 'results/memory.md'],
    ['bench/RESULTS-TYPES.md', 'results/types.md'],
    ['CHANGELOG.md', 'changelog.md'],
    ['CONTRIBUTING.md', 'contributing.md'],
    ['ARCHITECTURE.md', 'architecture.md'],
    ['SECURITY.md', 'security.md'],
  ]);
}
