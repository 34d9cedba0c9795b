import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { placeAt, WrongWay, type Place } from '../../view/stored-place.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import type { UpdatePath } from './update-path.ts';

/** What an operator works on: any value, single values (`$inc`), or arrays (`$push`). */
export type WorksOn = 'anything' | 'single values' | 'arrays';

/** What the view knows about the end of an update path. Throws if the operator is not allowed there. */
export function updatePlace(
  path: UpdatePath,
  operator: string,
  worksOn: WorksOn,
  stored: StoredTree,
  call: CallContext,
): Place | undefined {
  const { written, field, positions } = path;
  const place = placeAt(field, stored, positions);
  if (place instanceof WrongWay) return refuseWay(path, place, call);
  if (place?.depths === undefined || worksOn === 'anything') return place;
  if (worksOn === 'arrays') {
    if (place.depths.some((depth) => depth > 0)) return place;
    return call.refuse(
      'write_operator',
      `${operator} works on arrays, but ${quote(written)} is not an array in this view. Use $set, or list it in \`arrays\` of the view.`,
      written,
    );
  }
  if (place.depths.includes(0)) return place;
  return call.refuse(
    'write_operator',
    `${operator} works on single values, but ${quote(written)} is an array: write ${quote(`${written}.$[]`)} for all of its elements.`,
    written,
  );
}

function refuseWay({ written, field }: UpdatePath, { at, why }: WrongWay, call: CallContext): never {
  const path = quote(written);
  switch (why) {
    case 'no array':
      return call.refuse(
        'write_path',
        `${path} has a position at ${quote(at)}, but the view has no array there, or a less deeply nested one. Leave the position out, or list the array in \`arrays\` of the view.`,
        written,
      );
    case 'leaf':
      return call.refuse(
        'write_path',
        `${path} is below ${quote(at)}, which is a leaf in this view: write the leaf.`,
        written,
      );
    case 'whole array': {
      const rest = field.slice(at.length + 1);
      return call.refuse(
        'write_path',
        `${path} goes through the array ${quote(at)} without selecting elements: write ${quote(`${at}.$[].${rest}`)} for all, or ${quote(`${at}.$[id].${rest}`)} with arrayFilters.`,
        written,
      );
    }
  }
}
