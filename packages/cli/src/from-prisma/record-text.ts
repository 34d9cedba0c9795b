import { keyOf } from '../init/write-interface.ts';
import { entryText, objectOf } from '../sources/write-object.ts';
import type { PrismaField } from './schema-facts.ts';

/** A path in its stored names and in those of the client. */
export interface FieldPath {
  readonly stored: string;
  readonly named: string;
}

/** Whether a field of a composite is passed on. */
type IsShown = (path: FieldPath) => boolean;

/** Whether a stored field equals the client's field: the same name, always present, not an id. */
export function isPlain(field: PrismaField): boolean {
  return (
    field.stored === field.name && !field.isOptional && !field.isList && !field.isObjectId && field.kind !== 'composite'
  );
}

/** The record that the client gets, made of the stored document `from`. */
export function recordText(
  fields: readonly PrismaField[],
  from: string,
  isShown: IsShown,
  prefix = { stored: '', named: '' },
): string {
  return objectOf(
    fields.flatMap((field) => {
      const path = { stored: `${prefix.stored}${field.stored}`, named: `${prefix.named}${field.name}` };
      if (prefix.named !== '' && !isShown(path)) return [];
      return [entryText(field.name, fieldText(field, `${from}${accessTo(field.stored)}`, isShown, path))];
    }),
  );
}

function accessTo(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${keyOf(name)}]`;
}

function fieldText(field: PrismaField, at: string, isShown: IsShown, path: FieldPath): string {
  const list = `(${at} ?? [])`;
  if (field.kind === 'composite') {
    const inner = (from: string) =>
      recordText(field.children, from, isShown, { stored: `${path.stored}.`, named: `${path.named}.` });
    if (field.isList) return `${list}.map((item) => (${inner('item')}))`;
    return field.isOptional ? `${at} ? ${inner(at)} : null` : inner(at);
  }
  if (field.isObjectId) {
    if (field.isList) return `${list}.map((id) => id.toHexString())`;
    return field.isOptional ? `${at}?.toHexString() ?? null` : `${at}.toHexString()`;
  }
  if (field.isList) return `${at} ?? []`;
  return field.isOptional ? `${at} ?? null` : at;
}
