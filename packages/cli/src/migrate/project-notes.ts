import { basename, dirname, relative } from 'node:path';

import type { OpenedProject } from '../project/index.ts';
import { compilerVersion } from './compiler-version.ts';

/** Why a call in a JavaScript file stays. */
export const JAVASCRIPT = 'this is a JavaScript file: the compiler can’t check the call, so rename the file first';

const OLDEST = [5, 9] as const;

/** What a user should know before the result is read. */
export function notesAbout(
  opened: OpenedProject,
  changed: Iterable<string>,
  tsconfig: string | undefined,
): readonly string[] {
  return [
    ...opened.notes,
    ...oldCompiler(opened),
    ...(tsconfig === undefined ? otherTsconfigs(opened, [...changed]) : []),
  ];
}

function oldCompiler({ root }: OpenedProject): readonly string[] {
  const version = compilerVersion(root);
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return version === undefined || !isOld
    ? []
    : [
        `TypeScript ${version} is installed here, and the library needs ${OLDEST.join('.')} or later: the result does not compile with it. npm install --save-dev typescript@latest`,
      ];
}

/** The result is compiled with one tsconfig, and files below may have others. */
function otherTsconfigs({ root, configs }: OpenedProject, changed: readonly string[]): readonly string[] {
  return configs
    .filter((path) => basename(path) === 'tsconfig.json' && dirname(path) !== root)
    .map((path) => dirname(path))
    .filter((folder) => changed.some((path) => path.startsWith(`${folder}/`)))
    .map(
      (folder) =>
        `${relative(root, folder)} has a tsconfig.json of its own. Run migrate in that folder, so that the result is compiled with it.`,
    );
}
