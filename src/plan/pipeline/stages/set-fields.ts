import { withFields, type Shape } from '../shape.ts';
import type { StageContext } from '../stage.ts';

/**
 * The shape after a stage set whole fields. A field that is set anew keeps its place in the document, so it has to be
 * there before.
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
