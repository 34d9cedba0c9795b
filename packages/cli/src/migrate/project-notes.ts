import type { OpenedProject } from '../project/index.ts';
import { compilerVersion } from './compiler-version.ts';

/** Why a call in a JavaScript file stays. */
export const JAVASCRIPT = 'this is a JavaScript file: the compiler can’t check the call, so rename the file first';

const OLDEST = [5, 9] as const;

/** What a user should know before the result is read: files that could not be read, and a compiler that is too old. */
export function notesAbout({ root, notes }: OpenedProject): readonly string[] {
  const version = compilerVersion(root);
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return version === undefined || !isOld
    ? notes
    : [
        ...notes,
        `TypeScript ${version} is installed here, and the library needs ${OLDEST.join('.')} or later: the result does not compile with it. npm install --save-dev typescript@latest`,
      ];
}
