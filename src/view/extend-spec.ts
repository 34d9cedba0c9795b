import { isArray } from '../input/read.ts';
import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { COMPARED_PARTS, MERGED_PARTS, type ViewPart } from '../grammar/view-parts.ts';
import { copySpec, type SpecCopy } from './copy-spec.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The specification of a view that extends another, and the arrays that it takes over from it. */
export interface ExtendedSpec {
  readonly spec: SpecCopy;
  readonly inherited: ReadonlySet<string>;
}

/**
 * Merges an extension into the specification of a view, as if all had been written in one `defineView()`. What the extension says about
 * a path replaces what the view says about it. In `public`, 0 removes a path.
 */
export function extendSpec(base: SpecCopy, extension: unknown, call: CallContext): ExtendedSpec {
  const added = copySpec(extension, 'the extension of a view', call);
  assertNamed(base, added, call);
  const spec = new Map([...base, ...added]);
  for (const part of MERGED_PARTS) {
    const [own, other] = [fieldsAt(base, part), fieldsAt(added, part)];
    if (own !== undefined && other !== undefined) spec.set(part, merged(own, other));
  }
  removePublic(spec, base, added, call);
  const arrays = Object.keys(fieldsAt(base, 'arrays') ?? {});
  const restated = fieldsAt(added, 'arrays') ?? {};
  return { spec, inherited: new Set(arrays.filter((path) => !Object.hasOwn(restated, path))) };
}

/** Two views of one name could not be told apart in errors. */
function assertNamed(base: SpecCopy, added: SpecCopy, call: CallContext): void {
  const name = added.get('name');
  if (name !== undefined && name !== base.get('name')) return;
  call.refuse('view_value', 'A view that extends another needs a `name` of its own.', 'name');
}

/** The entries of a part; `undefined` if it is missing or is not an object, which the parser refuses. */
function fieldsAt(spec: SpecCopy, part: ViewPart): Fields | undefined {
  const value = spec.get(part);
  return typeof value === 'object' && value !== null && !isArray(value) ? (value as Fields) : undefined;
}

function merged(base: Fields, added: Fields): Fields {
  return Object.assign(Object.create(null) as Record<string, unknown>, base, added);
}

/** Removes the public paths that the extension marks with 0. */
function removePublic(spec: Map<ViewPart, unknown>, base: SpecCopy, added: SpecCopy, call: CallContext): void {
  const own = fieldsAt(base, 'public') ?? {};
  const removed = Object.entries(fieldsAt(added, 'public') ?? {}).flatMap(([path, mark]) => (mark === 0 ? [path] : []));
  for (const path of removed) {
    if (!Object.hasOwn(own, path))
      call.refuse('view_path', `In \`public\`, 0 removes ${quote(path)}, which the extended view does not have.`, path);
    assertDecided(path, base, added, call);
  }
  const left = Object.entries(fieldsAt(spec, 'public') ?? {}).filter(([path]) => !removed.includes(path));
  if (removed.length > 0) spec.set('public', Object.assign(Object.create(null) as object, Object.fromEntries(left)));
}

/** A path that the view itself adds to another set would stay in it as a private path, which discloses it. */
function assertDecided(path: string, base: SpecCopy, added: SpecCopy, call: CallContext): void {
  const part = COMPARED_PARTS.find(
    (each) => fieldsAt(base, each)?.[path] === 1 && !Object.hasOwn(fieldsAt(added, each) ?? {}, path),
  );
  if (part === undefined) return;
  call.refuse(
    'view_contradiction',
    `${quote(path)} is no longer public, but the extended view names it in \`${part}\`: say there too if it is removed (0) or stays (1).`,
    path,
  );
}
