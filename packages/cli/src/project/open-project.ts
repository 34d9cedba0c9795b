import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { borrowedDriverTypes } from './driver-types.ts';
import { folderAt } from './folder-at.ts';
import { readSources } from './list-sources.ts';
import { namingOptions } from './naming-options.ts';
import { ProjectError } from './project-error.ts';
import { moduleResolution } from './resolve-modules.ts';
import { Project, ts } from './syntax.ts';

export interface OpenOptions {
  /** The only tsconfig to read module paths from. Default: for each file those of the folders around it. */
  readonly tsconfig?: string;
}

export interface OpenedProject {
  readonly root: string;
  readonly project: Project;
  /** The driver's major version in the project's package.json, if it is there. */
  readonly driverMajor: number | undefined;
  /** The paths of all tsconfigs below the folder. */
  readonly configs: readonly string[];
  /** Messages about files that could not be read. */
  readonly notes: readonly string[];
}

/** The settings that override the project's: both languages, no output, and the most permissive module resolution. */
const FIXED: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
  strictNullChecks: true,
  maxNodeModuleJsDepth: 0,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

/**
 * Opens every source file below a folder, TypeScript and JavaScript, with or without a tsconfig and with or without
 * installed packages. Nothing of the project is run.
 */
export function openProject(folder: string, { tsconfig }: OpenOptions = {}): OpenedProject {
  const root = folderAt(folder);
  if (tsconfig !== undefined && !existsSync(resolve(root, tsconfig))) {
    throw new ProjectError(
      `There is no file ${resolve(root, tsconfig)}. Leave --tsconfig out to use the folder's own tsconfig.json.`,
    );
  }
  const notes: string[] = [];
  const config = resolve(root, tsconfig ?? 'tsconfig.json');
  const sources = readSources(root);
  const asked = tsconfig === undefined ? sources.configs : [config];
  const configs = new Map(asked.map((path) => [path, namingOptions(path, notes, tsconfig !== undefined)] as const));
  const own = configs.get(config) ?? {};
  const compilerOptions = { ...own, ...FIXED, paths: { ...borrowedDriverTypes(root), ...own.paths } };
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions,
    resolutionHost: moduleResolution(compilerOptions, { configs, packages: sources.packages }),
  });
  for (const [path, text] of sources.texts) project.createSourceFile(path, text, { overwrite: true });
  for (const path of declarationFiles(config)) project.addSourceFileAtPathIfExists(path);
  return {
    root,
    project,
    driverMajor: driverMajor(root),
    configs: sources.configs,
    notes: [...notes, ...sources.notes],
  };
}

/** The declarations that a tsconfig includes, such as those that a framework writes into a hidden folder. */
function declarationFiles(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const { config, error } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (error !== undefined) return [];
  const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(path, '..'));
  return fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name) && !name.includes('/node_modules/'));
}

function driverMajor(root: string): number | undefined {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<
      Record<string, Readonly<Record<string, string>> | undefined>
    >;
    const major = /\d+/.exec(dependencies?.['mongodb'] ?? devDependencies?.['mongodb'] ?? '')?.[0];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}
