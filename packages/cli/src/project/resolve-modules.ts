import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { ts, type ResolutionHostFactory } from './syntax.ts';

/** Where the sources of a package may begin. The first is the package itself: its `package.json` may name a file. */
const BEGINNINGS = ['', 'src', 'lib'];

const OF_PATHS = new Set(['paths', 'baseUrl', 'pathsBasePath']);

/** The files that decide what an import means. */
interface Surroundings {
  /** The tsconfigs with the options that they give names a meaning by. */
  readonly configs: ReadonlyMap<string, ts.CompilerOptions>;
  readonly packages: readonly string[];
}

type Found = ts.ResolvedModuleFull | undefined;

/**
 * Resolves imports as the packages of a monorepo do: by the tsconfigs of the folders around a file, the nearest first, because each may
 * give a short name another meaning; then by `own` options; and last by the names of the packages, which need be neither installed nor
 * built.
 */
export function moduleResolution(own: ts.CompilerOptions, { configs, packages }: Surroundings): ResolutionHostFactory {
  const optionsAt = optionsByFolder(configs, own);
  const folders = foldersByName(packages);
  const caches = new Map<ts.CompilerOptions, ts.ModuleResolutionCache>();
  return (host) => {
    const find = (name: string, from: string, options: ts.CompilerOptions): Found =>
      ts.resolveModuleName(name, from, options, host, cacheFor(options, caches)).resolvedModule;
    const resolve = (name: string, from: string): Found => {
      if (name.startsWith('.')) return find(name, from, own);
      return (
        firstFound(optionsAround(from, optionsAt), (options) => find(name, from, options)) ??
        find(name, from, own) ??
        firstFound(sourcesOf(name, folders), (path) => find(path, from, own))
      );
    };
    return { resolveModuleNames: (names, from) => names.map((name) => resolve(name, from)) };
  };
}

function cacheFor(
  options: ts.CompilerOptions,
  caches: Map<ts.CompilerOptions, ts.ModuleResolutionCache>,
): ts.ModuleResolutionCache {
  let cache = caches.get(options);
  if (cache === undefined) caches.set(options, (cache = ts.createModuleResolutionCache('/', (name) => name, options)));
  return cache;
}

function firstFound<T>(places: readonly T[], find: (place: T) => Found): Found {
  for (const place of places) {
    const found = find(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The options of the tsconfigs in each folder that give names a meaning. `tsconfig.json` comes first. */
function optionsByFolder(
  configs: ReadonlyMap<string, ts.CompilerOptions>,
  own: ts.CompilerOptions,
): ReadonlyMap<string, readonly ts.CompilerOptions[]> {
  const found = new Map<string, ts.CompilerOptions[]>();
  const paths = [...configs.keys()];
  for (const path of [...paths.filter(isMain), ...paths.filter((one) => !isMain(one))]) {
    const options = configs.get(path) ?? {};
    if (options.paths === undefined && options.baseUrl === undefined) continue;
    const folder = dirname(path);
    found.set(folder, [...(found.get(folder) ?? []), { ...withoutPaths(own), ...options }]);
  }
  return found;
}

function isMain(path: string): boolean {
  return basename(path) === 'tsconfig.json';
}

function withoutPaths(options: ts.CompilerOptions): ts.CompilerOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !OF_PATHS.has(name)));
}

function optionsAround(
  file: string,
  optionsAt: ReadonlyMap<string, readonly ts.CompilerOptions[]>,
): readonly ts.CompilerOptions[] {
  const folder = dirname(file);
  const here = optionsAt.get(folder) ?? [];
  return folder === file ? here : [...here, ...optionsAround(folder, optionsAt)];
}

/** The folders of the packages by their names. */
function foldersByName(packages: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    packages.flatMap((path) => {
      const name = nameIn(path);
      return name === undefined ? [] : [[name, dirname(path)] as const];
    }),
  );
}

function nameIn(path: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(path, 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Where the source of `@acme/db` or `@acme/db/users` may be, if the package is below the folder. */
function sourcesOf(name: string, folders: ReadonlyMap<string, string>): readonly string[] {
  const [first = '', second = '', ...others] = name.split('/');
  const isScoped = first.startsWith('@');
  const folder = folders.get(isScoped ? `${first}/${second}` : first);
  if (folder === undefined) return [];
  const below = isScoped ? others : [second, ...others];
  return BEGINNINGS.map((beginning) => join(folder, beginning, ...below));
}
