import { defineView, SafeCollection, trusted, type PublicOf } from 'safe-collection';

import type { Programs } from '../world.ts';

interface Draft {
  slug: string;
  title: string;
  body?: { text: string };
  labels: string[];
}

const draftView = defineView<Draft>()({
  name: 'drafts',
  public: { slug: 1, title: 1, 'body.text': 1, labels: 1 },
  writable: { slug: 1, title: 1, 'body.text': 1, labels: 1 },
  arrays: { labels: 1 },
});

const FIRST = { slug: 'first', title: 'One', body: { text: 'text' }, labels: ['a'] };

type World = Parameters<Programs[string]>[0];

async function draftsOf({ db }: World) {
  const raw = db.collection<Draft>('drafts');
  await raw.insertOne({ ...FIRST });
  const drafts = new SafeCollection(raw, draftView);
  const found = await drafts.findOne({ slug: 'first' }, { projection: draftView });
  if (found === null) throw new Error('It is there.');
  const stored = async () => await raw.find({}, { projection: { _id: 0 }, sort: { slug: 1 } }).toArray();
  return { drafts, found, stored };
}

/** Results that are written back, copied, and used as filters. */
export const copies: Programs = {
  async 'a result is changed and written back'(world) {
    const { drafts, found, stored } = await draftsOf(world);
    await drafts.replaceOne({ slug: found.slug }, { ...found, title: 'Two' });
    const replaced = await stored();
    await drafts.updateOne({ slug: found.slug }, { $set: { ...found, title: 'Three' } });
    const set = await stored();
    await drafts.updateOne({ slug: found.slug }, { $set: found });
    return [
      [replaced, set, await stored()],
      [[{ ...FIRST, title: 'Two' }], [{ ...FIRST, title: 'Three' }], [FIRST]],
    ];
  },
  async 'a result is stored as another document'(world) {
    const { drafts, found, stored } = await draftsOf(world);
    await drafts.insertOne({ ...found, slug: 'second' });
    await drafts.insertMany([structuredClone(found), { ...found, slug: 'third' }]);
    await drafts.bulkWrite([{ insertOne: { document: { ...found, slug: 'fourth' } } }]);
    await drafts.insertOne(trusted({ ...found, slug: 'zeroth' }));
    return [
      (await stored()).map(({ slug, labels, body }) => `${slug} ${labels.join()} ${body?.text}`),
      ['first', 'first', 'fourth', 'second', 'third', 'zeroth'].map((slug) => `${slug} a text`),
    ];
  },
  async 'a result is a filter'(world) {
    const { drafts } = await draftsOf(world);
    const key = await drafts.findOne({ slug: 'first' }, { projection: { slug: 1, title: 1 } });
    if (key === null) throw new Error('It is there.');
    const same = async (fields: Pick<PublicOf<typeof draftView>, 'slug'>) => await drafts.countDocuments({ ...fields });
    return [
      [await drafts.countDocuments(key), await drafts.countDocuments({ ...key, title: 'No' }), await same(key)],
      [1, 0, 1],
    ];
  },
};
