import type { Db } from 'mongodb';
import { createSafeDb, defineView, opaqueId, subtree } from 'safe-collection';

import type { AnswerWorld } from './answer-list.ts';
import { idOf } from './people.ts';

/** A validator that refuses the word `bad`, and names where it is. Asked about `later`, it answers later. */
const validator = {
  '~standard': {
    version: 1,
    vendor: 'own',
    validate(value: unknown): unknown {
      const text = JSON.stringify(value);
      const found = text.includes('bad')
        ? { issues: [{ message: 'bad', path: [{ key: '$set' }, 'title'] }, { message: 'x' }] }
        : { value: text.includes('other') ? { changed: 1 } : value };
      return text.includes('later') ? Promise.resolve(found) : found;
    },
  },
};

const draftView = defineView<object>()({
  name: 'draft',
  public: {
    title: 1,
    state: 1,
    words: 1,
    version: 1,
    changed_at: 1,
    'parts.text': 1,
    'notes.text': 1,
    'meta.a': 1,
    'meta.b': 1,
    owner: opaqueId('owner_id'),
    free: subtree,
    seat: 1,
  },
  writable: {
    title: 1,
    state: 1,
    words: 1,
    'parts.text': 1,
    'notes.text': 1,
    'meta.a': 1,
    'meta.b': 1,
    owner: 1,
    free: subtree,
    silent: 1,
    seat: 1,
  },
  arrays: { parts: 1, notes: 1, seat: [0, 1] },
  whole: { parts: 1 },
  version: 'version',
  timestamps: { createdAt: 'made_at', updatedAt: 'changed_at' },
  defaults: { state: 'new', kind: () => 'made', silent: 7 },
  validate: { insert: validator, update: validator },
} as never);

const bareView = defineView<object>()({
  name: 'bare',
  public: { title: 1, 'parts.text': 1 },
  writable: { title: 1, 'parts.text': 1, 'notes.text': 1, 'box.a': 1, 'box.b': 1 },
  arrays: { parts: 1, notes: 1 },
  timestamps: { updatedAt: 'changed_at' },
} as never);

const TIME = new Date(0);

const draftOf = (number: number): object => ({
  _id: idOf(number),
  title: `t${number}`,
  state: number % 2 === 0 ? 'new' : 'done',
  words: number * 10,
  version: number + 1,
  made_at: TIME,
  changed_at: TIME,
  parts: [{ text: `p${number}` }, { text: 'end' }],
  notes: [{ text: `n${number}`, by: 'x' }],
  meta: { a: number, b: 1, c: 2 },
  owner_id: idOf(number + 1),
  free: { x: 1 },
  box: { a: 1, b: 2, c: 3 },
  seat: number % 2 === 0 ? 'a' : ['a', 'b'],
});

/** Documents whose view adds fields, asks a validator, and counts versions. */
export const DRAFTS: AnswerWorld = {
  async store(db) {
    const drafts = db.collection('drafts');
    await drafts.deleteMany({});
    await drafts.insertMany(Array.from({ length: 4 }, (_, number) => draftOf(number)));
  },
  names(db: Db) {
    const sealKeys = [Buffer.alloc(32, 9)];
    const { drafts: C } = createSafeDb(db, { drafts: draftView }, { sealKeys }) as unknown as {
      readonly drafts: object;
    };
    const { drafts: bare } = createSafeDb(db, { drafts: bareView }) as unknown as { readonly drafts: object };
    return { C, bare, ID: idOf(1) };
  },
};
