import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Application } from 'typedoc';

import { describeModules } from './describe-modules.ts';

/** Writes the reference of all that the package exports, from the comments of the source. */
export async function writeReference(root: string, folder: string): Promise<void> {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: entriesOf(root).map((entry) => join(root, `src/${entry}.ts`)),
    tsconfig: join(root, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    out: folder,
    readme: 'none',
    name: 'Reference',
    disableGit: true,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    skipErrorChecking: true,
    logLevel: 'Error',
    router: 'kind',
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    expandObjects: false,
    parametersFormat: 'table',
    sanitizeComments: true,
    githubPages: false,
  } as object);
  const project = await app.convert();
  if (project === undefined) throw new Error('The reference could not be made.');
  // By the names under which programs import them.
  for (const module of project.children ?? [])
    module.name = module.name === 'index' ? 'safe-collection' : `safe-collection/${module.name}`;
  await app.generateOutputs(project);
  const start = join(folder, 'index.md');
  writeFileSync(start, describeModules(readFileSync(start, 'utf8')));
}

/** The modules that the package exports. */
function entriesOf(root: string): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: object };
  return Object.keys(exports)
    .filter((name) => !name.endsWith('.json'))
    .map((name) => (name === '.' ? 'index' : name.slice('./'.length)));
}
