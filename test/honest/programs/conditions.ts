import {
  op,
  SafeCollection,
  trusted,
  defineView,
  type SafeFilter,
  type SafeSort,
  type SafeUpdate,
} from 'safe-collection';

import type { Programs } from '../world.ts';

interface Page {
  slug: string;
  kind: 'draft' | 'live' | 'gone';
  views: number;
  nick?: string;
  labels: string[];
  text?: { en: string; de: string };
  secret?: string;
}

const pageView = defineView<Page>()({
  name: 'pages',
  public: { slug: 1, kind: 1, views: 1, nick: 1, labels: 1, 'text.en': 1, 'text.de': 1 },
  writable: { slug: 1, kind: 1, views: 1, nick: 1, labels: 1, 'text.en': 1, 'text.de': 1 },
  arrays: { labels: 1 },
});

type World = Parameters<Programs[string]>[0];

/** Three pages, a to c. */
async function pagesOf({ db }: World) {
  const raw = db.collection<Page>('pages');
  const kinds = ['draft', 'live', 'live'] as const;
  await raw.insertMany(kinds.map((kind, index) => ({ slug: 'abc'.charAt(index), kind, views: index, labels: [kind] })));
  return { pages: new SafeCollection(raw, pageView), raw };
}

const given = Date.now() > 0;
const missing = Date.now() < 0;

/** Literals inside conditions and callbacks: they mean the same as outside. */
export const conditions: Programs = {
  async 'a sort by a condition'(world) {
    const { pages } = await pagesOf(world);
    const first = async (ascending: boolean) =>
      await pages.findOne({}, { projection: { slug: 1 }, sort: ascending ? { slug: 1 } : { slug: -1 } });
    return [
      [await first(true), await first(false)],
      [{ slug: 'a' }, { slug: 'c' }],
    ];
  },
  async 'a sort from a map, with a default'(world) {
    const { pages } = await pagesOf(world);
    const sorts: Record<string, SafeSort<typeof pageView>> = { views: { views: -1 } };
    const by = async (name: string) =>
      await pages
        .find({}, { projection: ['slug'], sort: sorts[name] ?? { slug: 1 } })
        .map(({ slug }) => slug)
        .toArray();
    return [
      [await by('views'), await by('other')],
      [
        ['c', 'b', 'a'],
        ['a', 'b', 'c'],
      ],
    ];
  },
  async 'fields that are set on a condition'(world) {
    const { pages, raw } = await pagesOf(world);
    await pages.updateOne({ slug: 'a' }, { $set: { ...(given && { kind: 'live' }), views: 1 } });
    await pages.updateOne({ slug: 'b' }, { $set: given ? { kind: 'gone' } : { views: 9 } });
    await pages.updateOne({ slug: 'c' }, trusted({ $set: { views: 5, ...(given && { kind: 'gone' }) } }));
    return [
      await raw.find({}, { projection: { _id: 0, kind: 1, views: 1 }, sort: { slug: 1 } }).toArray(),
      [
        { kind: 'live', views: 1 },
        { kind: 'gone', views: 1 },
        { kind: 'gone', views: 5 },
      ],
    ];
  },
  async 'an operator by a condition'(world) {
    const { pages, raw } = await pagesOf(world);
    const rename = async (nick: string | undefined) =>
      await pages.updateOne({ slug: 'a' }, nick === undefined ? { $unset: { nick: 1 } } : { $set: { nick } });
    await rename('x');
    const named = await raw.countDocuments({ nick: 'x' });
    await rename(undefined);
    const change = missing ? { $set: { kind: 'gone' as const } } : { $pull: { labels: 'draft' } };
    await pages.updateOne({ slug: 'a' }, change);
    const built: SafeUpdate<typeof pageView> = given ? { $inc: { views: 7 } } : { $set: { views: 0 } };
    await pages.updateOne({ slug: 'a' }, built);
    return [
      [named, await raw.findOne({ slug: 'a' }, { projection: { _id: 0 } })],
      [1, { slug: 'a', kind: 'draft', views: 7, labels: [] }],
    ];
  },
  async 'documents and models that a callback makes'(world) {
    const { pages, raw } = await pagesOf(world);
    const slugs = ['d', 'e'];
    await pages.insertMany(slugs.map((slug) => ({ slug, kind: 'draft', views: 0, labels: [] })));
    await pages.bulkWrite(
      slugs.map((slug) => ({ updateOne: { filter: { slug, kind: 'draft' }, update: { $set: { kind: 'live' } } } })),
    );
    await pages.insertOne(
      given
        ? { slug: 'f', kind: 'live', views: 0, labels: [] }
        : { slug: 'f', kind: 'live', views: 0, labels: [], text: { en: 'e', de: 'd' } },
    );
    return [await raw.countDocuments({ kind: 'live' }), 5];
  },
  async 'models of declared types'(world) {
    const { pages, raw } = await pagesOf(world);
    type Filter = SafeFilter<typeof pageView>;
    const models: (
      | { updateOne: { filter: Filter; update: SafeUpdate<typeof pageView> } }
      | { deleteOne: { filter: Filter } }
    )[] = [{ updateOne: { filter: { slug: 'a' }, update: { $set: { views: 3 } } } }];
    models.push({ deleteOne: { filter: { slug: 'b' } } });
    await pages.bulkWrite(models);
    return [
      [await raw.countDocuments({ views: 3 }), await raw.countDocuments({})],
      [1, 2],
    ];
  },
  async 'filters that a callback makes'(world) {
    const { pages } = await pagesOf(world);
    const either = await pages.countDocuments({ $or: ['a', 'b'].map((slug) => ({ slug, kind: 'live' })) });
    const listed = await pages.countDocuments({ kind: op({ $in: missing ? ['gone'] : ['draft', 'live'] }) });
    const base: SafeFilter<typeof pageView> = { views: op({ $gte: 1 }) };
    const found = await pages.aggregate([{ $match: { ...base, kind: 'live' } }, { $project: { slug: 1 } }]).toArray();
    return [
      [either, listed, found],
      [1, 3, [{ slug: 'b' }, { slug: 'c' }]],
    ];
  },
  async 'the count of an update with a trusted filter'(world) {
    const { pages } = await pagesOf(world);
    const mine = trusted({ filter: { secret: null } });
    const { modifiedCount } = await pages.updateMany({ kind: 'live' }, { $set: { views: 8 } }, { trusted: mine });
    const doubled: number = modifiedCount * 2;
    return [doubled, 4];
  },
};
