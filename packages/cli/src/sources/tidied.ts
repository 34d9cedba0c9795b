import { usedNames, withoutUnused } from '../migrate/unused.ts';
import type { SourceFile } from '../project/index.ts';

/** A changed text without what the change made unused. `added` are names that the translation imported, used or not. */
export function tidied(file: SourceFile, text: string, added: Iterable<string>): string {
  const used = new Set([...usedNames(file), 'database', 'missing', 'ObjectId', ...added]);
  return withoutUnused(text, file.getFilePath(), used);
}
