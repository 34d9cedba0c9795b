import { editText } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { unusedConstants, unusedImports, usedNames } from '../migrate/unused.ts';
import type { SourceFile } from '../project/index.ts';

/** `added` are names that the translation imported, used or not. What the change left without a use is taken out: constants first, then imports. */
export function tidied(file: SourceFile, text: string, added: Iterable<string>): string {
  const used = new Set([...usedNames(file), 'database', 'missing', 'ObjectId', ...added]);
  const within = (now: string, find: (changed: SourceFile, before: ReadonlySet<string>) => readonly Edit[]) => {
    const changed = file.getProject().createSourceFile(`${file.getFilePath()}.tidied.ts`, now, { overwrite: true });
    const after = editText(now, find(changed, used));
    changed.forget();
    return after;
  };
  return within(within(text, unusedConstants), unusedImports);
}
