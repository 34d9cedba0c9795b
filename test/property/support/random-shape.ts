import * as fc from 'fast-check';
import { Binary, Code, DBRef, Decimal128, Long, ObjectId } from 'mongodb';

import type { Draw } from './draw.ts';

/** The type of a field: a leaf, a branch with fields, or no fixed leaves. */
export type FieldShape =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'open' }
  | { readonly kind: 'branch'; readonly fields: Fields };
export type Fields = ReadonlyMap<string, FieldShape>;

/** Names that an object has anyway, and names that a promise or a serializer looks for, among ordinary ones. */
const NAMES = ['a', 'b', 'c', 'name', 'constructor', 'toString', 'length', 'then', 'toJSON', 'é', 'x-y', 'a b'];

/** A random document type: up to four levels of up to four fields. */
export function randomFields(draw: Draw, depth = 0): Fields {
  const names = draw.different(NAMES, 1, 4);
  return new Map(names.map((name) => [name, randomField(draw, depth)] as const));
}

function randomField(draw: Draw, depth: number): FieldShape {
  const kind = draw.oneOf(
    depth < 3 ? (['leaf', 'leaf', 'branch', 'branch', 'open'] as const) : (['leaf', 'open'] as const),
  );
  return kind === 'branch' ? { kind, fields: randomFields(draw, depth + 1) } : { kind };
}

/** The paths that a view may name: leaves, and open fields. */
export function pathsOf(fields: Fields, prefix = ''): { readonly path: string; readonly kind: 'leaf' | 'open' }[] {
  return [...fields].flatMap(([name, field]) =>
    field.kind === 'branch'
      ? pathsOf(field.fields, `${prefix}${name}.`)
      : [{ path: `${prefix}${name}`, kind: field.kind }],
  );
}

const SCALAR = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom('', 'x', 'zebra', '$secret', 'ü'),
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: 0, max: 5 }).map((days) => new Date(days * 86_400_000)),
  fc.constantFrom(...['000000000000000000000001', '000000000000000000000002'].map((hex) => new ObjectId(hex))),
  fc.constantFrom(new Decimal128('0.125'), Long.fromString('9007199254740993'), new Binary(Buffer.from('bytes')), /x/i),
);

/** Values that look like scalars but contain a document. */
const CARRIER = fc.constantFrom(
  new DBRef('other', new ObjectId('000000000000000000000003')),
  new Code('f()'),
  new Code('f()', { secret: 'zebra' }),
);

const SUBDOCUMENT = fc.constantFrom<unknown>({}, { secret: 'zebra' }, { a: { b: 'zebra' } });

/** The stored values of a leaf: mostly of the expected kind, and in `drift` percent of another one. */
function randomLeaf(draw: Draw, drift: number): unknown {
  const scalars = fc.array(SCALAR, { maxLength: 3 });
  if (!draw.chance(drift))
    return draw.value(
      fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
        { arbitrary: SCALAR, weight: 3 },
        scalars,
        fc.array(scalars, { maxLength: 2 }),
      ),
    );
  const odd = fc.oneof(SUBDOCUMENT, CARRIER);
  return draw.value(
    fc.oneof(
      odd,
      fc.array(fc.oneof(SCALAR, odd), { maxLength: 3 }),
      fc.array(fc.array(odd, { maxLength: 2 }), { maxLength: 2 }),
    ),
  );
}

function randomBranch(draw: Draw, fields: Fields, drift: number, depth = 0): unknown {
  const form = draw.number(1, 100);
  if (form <= drift) return draw.value(fc.oneof(SCALAR, CARRIER));
  if (form <= 65 || depth > 1) return randomObject(draw, fields, drift);
  const length = draw.number(0, 3);
  return Array.from({ length }, () => randomBranch(draw, fields, drift, depth + 1));
}

/** A subdocument, or a document, of a type: fields may be missing, and there are some that no type names. */
export function randomObject(draw: Draw, fields: Fields, drift: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    if (draw.chance(15)) continue;
    object[name] =
      field.kind === 'branch'
        ? randomBranch(draw, field.fields, drift)
        : field.kind === 'leaf'
          ? randomLeaf(draw, drift)
          : randomOpen(draw, drift);
  }
  if (draw.chance(50)) object['undeclared'] = 'zebra';
  return object;
}

function randomOpen(draw: Draw, drift: number): unknown {
  const inner: fc.Arbitrary<unknown> = draw.chance(drift) ? CARRIER : SCALAR;
  return draw.value(
    fc.oneof(
      inner,
      fc.array(inner, { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('k', 'l'), fc.oneof(inner, fc.record({ deep: inner })), { noNullPrototype: true }),
    ),
  );
}
