import { entriesOf } from '../project/index.ts';
import type { ObjectLiteralExpression } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { textWith } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';

/** An object literal with changes inside and entries added at its end, laid out as it is. */
export function withEntries(object: ObjectLiteralExpression, edits: readonly Edit[], added: readonly string[]): string {
  if (added.length === 0) return textWith(object, edits);
  const last = object.getProperties().at(-1);
  if (last === undefined) return `{ ${added.join(', ')} }`;
  const isLong = object.getText().includes('\n');
  const separator = isLong ? `,\n${' '.repeat(last.getStart() - last.getStartLinePos())}` : ', ';
  const at = { file: object.getSourceFile().getFilePath(), start: last.getEnd(), end: last.getEnd() };
  return textWith(object, [...edits, { ...at, text: added.map((entry) => `${separator}${entry}`).join('') }]);
}

/** `{ a: 1, b }` of written entries. */
export function objectOf(entries: readonly string[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** `name: value`, or `name` where both are the same. */
export function entryText(key: string, value: string): string {
  return key === value ? key : `${keyOf(key)}: ${value}`;
}

/** An entry that is there if its value is: what is undefined is not stored. */
export function presentEntry(key: string, value: string, tested: string): string {
  return `...(${tested} === undefined ? {} : { ${entryText(key, value)} })`;
}

export function hasKey(object: ObjectLiteralExpression, key: string): boolean {
  return entriesOf(object).some((entry) => entry.key === key || entry.key?.startsWith(`${key}.`) === true);
}
