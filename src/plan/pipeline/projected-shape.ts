import { branch, type Shape } from './shape.ts';

/** A field that a `$project` names. */
export interface NamedField {
  readonly path: string;
  readonly shape: Shape;
  /** Whether an expression makes it. Below a branch, it makes a document where none is stored. */
  readonly isComputed: boolean;
}

type Fields = Map<string, Fields | NamedField>;

/** The shape that an inclusion `$project` makes, built path by path. */
export class ProjectedShape {
  readonly #fields: Fields = new Map();

  /** Adds a path. If another path covers it, or it covers another one, that path is returned. */
  add({ path, shape, isComputed }: NamedField): string | undefined {
    const segments = path.split('.');
    const last = segments.pop() as string;
    let fields = this.#fields;
    for (const segment of segments) {
      const below = fields.get(segment) ?? (new Map() as Fields);
      if (!(below instanceof Map)) return below.path;
      fields.set(segment, below);
      fields = below;
    }
    const taken = fields.get(last);
    if (taken !== undefined) return firstPath(taken);
    fields.set(last, { path, shape, isComputed });
    return undefined;
  }

  /** The shape. Branches above the paths are taken from the documents before. */
  toShape(before: Shape): Shape {
    return branch(shapesOf(this.#fields, before));
  }
}

function shapesOf(fields: Fields, before: Shape): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const [name, field] of fields) {
    const from = before.fields.get(name) ?? before;
    const depths = hasComputed(field) ? undefined : from.depths;
    shapes.set(name, field instanceof Map ? branch(shapesOf(field, from), false, depths) : field.shape);
  }
  return shapes;
}

function hasComputed(field: Fields | NamedField): boolean {
  return field instanceof Map ? [...field.values()].some(hasComputed) : field.isComputed;
}

function firstPath(field: Fields | NamedField): string {
  let at = field;
  while (at instanceof Map) at = [...at.values()][0] as Fields | NamedField;
  return at.path;
}
