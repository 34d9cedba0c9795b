import { append } from '../../input/append.ts';
import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import type { OpaquePath } from '../../view/opaque-paths.ts';
import { LONGEST_PATH, pathFault } from '../../view/path.ts';

const IDENTIFIER = /^\$\[([a-z][A-Za-z0-9]*)\]$/;

/** A parsed path of an update. */
export interface UpdatePath {
  /** As written: `addresses.$[home].city`. */
  readonly written: string;
  /** The field without positions: `addresses.city`. */
  readonly field: string;
  /** The arrays of each `$[identifier]`: `home` → `addresses`. An identifier may be used at two depths. */
  readonly arrays: ReadonlyMap<string, readonly string[]>;
  /** The arrays that have a position of any kind. */
  readonly positions: readonly string[];
  /** The array that has the position `$`, which means the element that the filter matched. */
  readonly placedAt: string | undefined;
}

/** Splits a path into its field and its positions. Refuses a malformed one. */
export function parseUpdatePath(written: string, call: CallContext): UpdatePath {
  if (written.length > LONGEST_PATH)
    call.refuse('write_path', `${quote(written)} is longer than ${LONGEST_PATH} characters.`, written);
  if (!written.includes('$')) return withoutPositions(written, call);
  const field: string[] = [];
  const arrays = new Map<string, readonly string[]>();
  const positions: string[] = [];
  let placedAt: string | undefined;
  for (const segment of written.split('.')) {
    const identifier = IDENTIFIER.exec(segment)?.[1];
    if (identifier === undefined && segment !== '$' && segment !== '$[]') {
      append(field, segment);
      continue;
    }
    if (field.length === 0)
      call.refuse('write_path', `${quote(written)} starts with a position; name the array first.`, written);
    const array = field.join('.');
    append(positions, array);
    if (segment === '$' && placedAt !== undefined)
      call.refuse(
        'write_path',
        `${quote(written)} has the position $ twice; the server allows one. Write $[id] and use arrayFilters to select the elements.`,
        written,
      );
    if (segment === '$') placedAt = array;
    if (identifier !== undefined) arrays.set(identifier, [...(arrays.get(identifier) ?? []), array]);
  }
  const fault = pathFault(field.join('.'));
  if (fault !== undefined) call.refuse('write_path', `In the update, ${fault}.`, written);
  return { written, field: field.join('.'), arrays, positions, placedAt };
}

function withoutPositions(written: string, call: CallContext): UpdatePath {
  const fault = pathFault(written);
  if (fault !== undefined) call.refuse('write_path', `In the update, ${fault}.`, written);
  return plainPath(written);
}

const NO_ARRAYS: UpdatePath['arrays'] = new Map();
const NO_POSITIONS: UpdatePath['positions'] = Object.freeze([]);

/**
 * The path at which an opaque id is stored. The identifiers of array filters keep the arrays by their public paths, because these filters
 * obey the view.
 */
export function storedUpdatePath(path: UpdatePath, { name, stored, storedKey }: OpaquePath): UpdatePath {
  const { written, field, arrays, positions, placedAt } = path;
  const segments = written.split('.');
  const last = segments.findLastIndex((segment) => !segment.startsWith('$'));
  const storedAt = (at: string): string => (at === name ? stored : at);
  return {
    written: segments.with(last, storedKey).join('.'),
    field: storedAt(field),
    arrays,
    positions: positions.map(storedAt),
    placedAt: placedAt === undefined ? undefined : storedAt(placedAt),
  };
}

/** A well-formed path without positions. */
export function plainPath(path: string): UpdatePath {
  return { written: path, field: path, arrays: NO_ARRAYS, positions: NO_POSITIONS, placedAt: undefined };
}
