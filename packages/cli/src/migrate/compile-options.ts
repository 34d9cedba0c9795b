import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { ProjectError, ts } from '../project/index.ts';
import { compilerVersion } from './compiler-version.ts';

/** Options about output. Nothing is written, and an error about a file outside of `rootDir` can't be traced to a call. */
const OUTPUT = new Set(['rootDir', 'outDir', 'outFile', 'declarationDir', 'declarationMap', 'emitDeclarationOnly']);

/** The options that a project is compiled with: its own, without those about output. */
export function compileOptions(root: string, tsconfig: string | undefined): ts.CompilerOptions {
  const path = tsconfig === undefined ? findUpwards(root) : resolve(root, tsconfig);
  const fixed: ts.CompilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    declaration: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  if (path === undefined) {
    return {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      ...fixed,
    };
  }
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  assertHasFiles(path, config);
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config as object), files: [], include: [] },
    ts.sys,
    dirname(path),
  );
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => !OUTPUT.has(name)));
  return { ...defaultsOf(compilerVersion(root), options), ...own, ...fixed };
}

/** A tsconfig that only lists other projects does not say how their files are compiled. */
function assertHasFiles(path: string, config: unknown): void {
  const { files, include, references } = (config ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(files) || files.length > 0 || include !== undefined || !Array.isArray(references)) return;
  const listed = references.map((reference) => String((reference as { readonly path?: unknown }).path)).join(', ');
  throw new ProjectError(
    `${path} only lists other projects: ${listed}. Run migrate in the folder of one of them, or name its tsconfig with --tsconfig.`,
  );
}

/** The defaults that TypeScript 6, which this tool compiles with, has changed: those of the project's compiler count. */
function defaultsOf(
  version: string | undefined,
  { module, target, moduleResolution, esModuleInterop }: ts.CompilerOptions,
): ts.CompilerOptions {
  if (version === undefined || Number(version.split('.')[0]) > 5) return {};
  const isModern = target !== undefined && target >= ts.ScriptTarget.ES2015;
  const kind = module ?? (isModern ? ts.ModuleKind.ES2015 : ts.ModuleKind.CommonJS);
  return {
    strict: false,
    types: ['*'],
    module: kind,
    noUncheckedSideEffectImports: false,
    ...(kind === ts.ModuleKind.CommonJS && { moduleResolution: ts.ModuleResolutionKind.Node10 }),
    ...(kind < ts.ModuleKind.Node16 && {
      esModuleInterop: false,
      allowSyntheticDefaultImports: esModuleInterop === true || moduleResolution === ts.ModuleResolutionKind.Bundler,
    }),
    ...(target === undefined && { target: ts.ScriptTarget.ES5 }),
  };
}

function findUpwards(from: string): string | undefined {
  const path = resolve(from, 'tsconfig.json');
  if (existsSync(path)) return path;
  return dirname(from) === from ? undefined : findUpwards(dirname(from));
}
