import { createHash } from 'node:crypto';

/** The number by which an id belongs to a view. It is made of the view's name, so it is the same in all processes. */
export function idTagOf(name: string): number {
  return createHash('sha256').update(`safe-collection id of ${name}`).digest().readUInt32BE(0);
}
