import { withFields, type Shape } from '../shape.ts';
import type { StageContext } from '../stage.ts';

/**
 * The shape after a stage set whole fields. A replaced field keeps its position in the document, so the stored field has to be
 * in the documents before.
 */
export function setFields(
  { shape, notes }: StageContext,
  made: readonly (readonly [name: string, field: Shape])[],
): Shape {
  for (const [name] of made) {
    const before = shape.fields.get(name);
    if (before !== undefined) notes.keep(before);
  }
  return withFields(shape, made);
}
