import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type ts from 'typescript';

const names = new Map<string, string | undefined>();

/** The name of the package that a file belongs to: links, stores of package managers and workspaces don't show it in the path. */
export function packageOf(file: string): string | undefined {
  return nameOfFolder(dirname(file));
}

function nameOfFolder(folder: string): string | undefined {
  if (names.has(folder)) return names.get(folder);
  const manifest = join(folder, 'package.json');
  const parent = dirname(folder);
  const name = (existsSync(manifest) ? nameIn(manifest) : undefined) ?? (parent === folder ? undefined : nameOfFolder(parent));
  names.set(folder, name);
  return name;
}

/** A manifest without a name only says how its folder's modules are read. */
function nameIn(manifest: string): string | undefined {
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown };
  return typeof name === 'string' ? name : undefined;
}

export function isDeclaredIn(packageName: string, declarations: readonly ts.Declaration[] | undefined): boolean {
  return declarations?.some((declaration) => packageOf(declaration.getSourceFile().fileName) === packageName) === true;
}
