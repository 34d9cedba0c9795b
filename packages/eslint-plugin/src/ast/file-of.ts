import type { SourceCode } from '../rule.ts';

const FILES = new WeakMap<SourceCode, string>();

/** Remembers the path of the file that is linted. A `SourceCode` does not have it. */
export function rememberFile(code: SourceCode, file: string): void {
  FILES.set(code, file);
}

export function fileOf(code: SourceCode): string | undefined {
  return FILES.get(code);
}
