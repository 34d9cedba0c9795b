import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection, subtree, type SafeCursor } from 'safe-collection';

import type { Draw } from './draw.ts';
import { pathsOf, type Fields } from './random-shape.ts';

type Leaf = readonly [path: string, kind: 'leaf' | 'open'];

/** How deep the arrays at a path may be. At an open field and below it the view does not ask. */
export type DepthsAt = (path: string) => readonly number[] | undefined;

/** A collection and its view as JavaScript sees them: the paths are known only at run time. */
export interface LooseCollection {
  find(filter: object, options: object): SafeCursor<object>;
  findOne(filter: object, options: object): Promise<object | null>;
  distinct(key: string, filter: object): Promise<unknown[]>;
}

export interface LooseView {
  select(projection: object): object;
  selectFields(paths: readonly string[]): object;
  pick(document: object, projection?: object): object;
}

export interface RandomView {
  readonly view: LooseView;
  readonly leaves: readonly Leaf[];
  readonly depthsAt: DepthsAt;
  over(collection: Collection): LooseCollection;
}

/** A projection in one of its forms, with the leaves that it means. */
export interface RandomProjection {
  readonly form: string;
  readonly projection: object;
  readonly leaves: readonly Leaf[];
}

/** A view of some of the paths of a document type, and of `n`, which identifies documents in the tests. */
export function randomView(draw: Draw, fields: Fields): RandomView {
  const chosen = draw.some(pathsOf(fields));
  const leaves: Leaf[] = [['n', 'leaf'], ...chosen.map(({ path, kind }) => [path, kind] as const)];
  if (draw.chance(50)) leaves.push(['_id', 'leaf']);
  const listed = Object.fromEntries(leaves.map(([path, kind]) => [path, kind === 'open' ? subtree : 1]));
  const depths = randomDepths(draw, leaves);
  const arrays = Object.fromEntries(
    [...depths]
      .filter(([, allowed]) => allowed.length > 1 || allowed[0] !== 0)
      .map(([path, allowed]) => [path, allowed.length > 1 ? allowed : allowed[0]]),
  );
  const view: LooseView = defineView<{ _id: ObjectId }>()({ public: listed, arrays } as never);
  return {
    view,
    leaves,
    depthsAt: (path) => depths.get(path),
    over: (collection) => new SafeCollection(collection, view as never),
  };
}

/** Mostly any depth, so that many stored values are returned. */
function randomDepths(draw: Draw, leaves: readonly Leaf[]): ReadonlyMap<string, readonly number[]> {
  const depths = new Map<string, readonly number[]>();
  for (const [leaf, kind] of leaves) {
    const segments = leaf.split('.');
    const paths = segments.map((_, index) => segments.slice(0, index + 1).join('.'));
    for (const path of kind === 'open' ? paths.slice(0, -1) : paths) {
      const allowed = draw.chance(92) ? [0, 1, 2, 3, 4] : draw.oneOf([[0], [1], [2], [0, 1], [0, 2]]);
      if (!depths.has(path)) depths.set(path, path === 'n' || path === '_id' ? [0] : allowed);
    }
  }
  return depths;
}

const FORMS = ['object', 'tuple', 'select an object', 'select a tuple', 'selectFields', 'view', 'select the view'];

/** A projection of some of the public paths: a branch stands for all its leaves, a path below an open field for itself. */
export function randomProjection(draw: Draw, { view, leaves }: RandomView): RandomProjection {
  const form = draw.oneOf(FORMS);
  if (form === 'view') return { form, projection: view, leaves };
  if (form === 'select the view') return { form, projection: view.select(view), leaves };
  const paths = randomPaths(draw, leaves);
  const meant = paths.flatMap((path): readonly Leaf[] => {
    const inside = leaves.filter(([leaf]) => leaf === path || leaf.startsWith(`${path}.`));
    return inside.length > 0 ? inside : [[path, 'open']];
  });
  const object = {
    ...Object.fromEntries(paths.map((path) => [path, draw.oneOf([1, true])])),
    ...(paths.includes('_id') ? {} : draw.oneOf([{}, { _id: 0 }])),
  };
  const written: Record<string, () => object> = {
    object: () => object,
    tuple: () => paths,
    'select an object': () => view.select(object),
    'select a tuple': () => view.select(paths),
    selectFields: () => view.selectFields(paths),
  };
  return { form, projection: (written[form] as () => object)(), leaves: meant };
}

function randomPaths(draw: Draw, leaves: readonly Leaf[]): string[] {
  const some = draw.some(leaves, 1);
  const paths: string[] = [];
  for (const [leaf, kind] of some) {
    const segments = leaf.split('.');
    const path =
      kind === 'open' && draw.chance(50) ? `${leaf}.k` : segments.slice(0, draw.number(1, segments.length)).join('.');
    const collides = paths.some(
      (other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`),
    );
    if (!collides) paths.push(path);
  }
  return paths;
}
