import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type ts from 'typescript';

interface Package {
  readonly name: string;
  readonly folder: string;
}

const packages = new Map<string, Package | undefined>();

/** Whether a file is published code of a package. The path is not enough, because of links, stores of package managers and workspaces. */
export function isFileOf(packageName: string, file: string): boolean {
  const owner = packageOf(dirname(file));
  if (owner?.name !== packageName) return false;
  // The library's own repository also contains tests and examples.
  return packageName !== 'safe-collection' || /^(?:src|dist)[/\\]/.test(relative(owner.folder, file));
}

function packageOf(folder: string): Package | undefined {
  if (packages.has(folder)) return packages.get(folder);
  const parent = dirname(folder);
  const name = nameIn(join(folder, 'package.json'));
  const found = name === undefined ? (parent === folder ? undefined : packageOf(parent)) : { name, folder };
  packages.set(folder, found);
  return found;
}

/** The name in a manifest. A manifest without a name only sets the module type of its folder. */
function nameIn(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown };
  return typeof name === 'string' ? name : undefined;
}

export function isDeclaredIn(packageName: string, declarations: readonly ts.Declaration[] | undefined): boolean {
  return declarations?.some((declaration) => isFileOf(packageName, declaration.getSourceFile().fileName)) === true;
}
