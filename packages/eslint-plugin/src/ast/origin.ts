import type { SourceCode } from '../rule.ts';
import { fileExports } from './file-exports.ts';
import { fileOf } from './file-of.ts';
import { localFile } from './local-modules.ts';

const LONGEST_CHAIN = 12;

/**
 * The name that an import has in a module: the name itself if it is imported from there, or the name behind the re-exports of files of
 * the project (`export * from 'module'`, `export { name as other }`). `undefined` if it comes from elsewhere. `'*'` is the whole module.
 */
export function nameIn(code: SourceCode, source: unknown, name: string, module: string): string | undefined {
  if (typeof source !== 'string') return undefined;
  if (isOf(source, module)) return name;
  const file = fileOf(code);
  return file === undefined ? undefined : behind(file, source, name, module, LONGEST_CHAIN);
}

/** Whether a module, or a file of the project, exports one of these names of a module. */
export function exportsAnyOf(code: SourceCode, source: string, names: ReadonlySet<string>, module: string): boolean {
  if (isOf(source, module)) return true;
  const file = fileOf(code);
  return file !== undefined && exportsAny(file, source, names, module, LONGEST_CHAIN);
}

function exportsAny(from: string, source: string, names: ReadonlySet<string>, module: string, left: number): boolean {
  const file = left === 0 ? undefined : localFile(from, source);
  if (file === undefined) return false;
  const { named, all } = fileExports(file);
  return (
    [...named.values()].some((origin) => {
      const name = isOf(origin.source, module)
        ? origin.name
        : behind(file, origin.source, origin.name, module, left - 1);
      return name === '*' || (name !== undefined && names.has(name));
    }) || all.some((next) => isOf(next, module) || exportsAny(file, next, names, module, left - 1))
  );
}

function behind(from: string, source: string, name: string, module: string, left: number): string | undefined {
  const file = left === 0 ? undefined : localFile(from, source);
  if (file === undefined) return undefined;
  const { named, all } = fileExports(file);
  const origin = named.get(name);
  if (origin !== undefined) {
    if (isOf(origin.source, module)) return origin.name;
    return behind(file, origin.source, origin.name, module, left - 1);
  }
  for (const next of name === '*' ? [] : all) {
    if (isOf(next, module)) return name;
    const found = behind(file, next, name, module, left - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a name refers to a module. The driver has no `exports`, so that its files can be imported too. */
function isOf(source: string, module: string): boolean {
  return source === module || (module === 'mongodb' && /^mongodb(?:-legacy)?(?:\/|$)/.test(source));
}
