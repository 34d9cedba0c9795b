import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient, ObjectId, type Db } from 'mongodb';
import { createSafeDb, SafeCollection } from 'safe-collection';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { CALL, DATA_ACCESS } from '../../scripts/docs/data-access-table.ts';
import { authorView, postView } from './data-access/blog/documents.ts';
import { AuthorRepository, PostRepository } from './data-access/blog/repositories.ts';
import * as rawBlog from './data-access/blog/repositories.raw.ts';
import { BlogService } from './data-access/blog/service.ts';
import * as rawService from './data-access/blog/service.raw.ts';
import { agentStore, staffStore, ticketStore } from './data-access/desk/desk.ts';
import * as rawDesk from './data-access/desk/desk.raw.ts';
import { agentView, staffView, ticketView } from './data-access/desk/documents.ts';

let client: MongoClient;
const names = ['safe', 'raw'].map((kind) => `${kind}-collection-${randomUUID()}`);

beforeAll(async () => {
  client = await new MongoClient(inject('mongodbUri')).connect();
});
afterAll(async () => {
  for (const name of names) await client.db(name).dropDatabase();
  await client.close();
});

function openSafe(db: Db) {
  return {
    authors: new AuthorRepository(new SafeCollection(db.collection('authors'), authorView)),
    posts: new PostRepository(new SafeCollection(db.collection('posts'), postView)),
    blog: new BlogService(createSafeDb(db, { authors: authorView, posts: postView })),
    tickets: ticketStore(new SafeCollection(db.collection('tickets'), ticketView)),
    staff: staffStore(new SafeCollection(db.collection('tickets'), staffView)),
    agents: agentStore(new SafeCollection(db.collection('agents'), agentView)),
  };
}

function openRaw(db: Db) {
  return {
    authors: new rawBlog.AuthorRepository(db.collection('authors')),
    posts: new rawBlog.PostRepository(db.collection('posts')),
    blog: new rawService.BlogService(db, client),
    tickets: rawDesk.ticketStore(db.collection('tickets')),
    staff: rawDesk.staffStore(db.collection('tickets')),
    agents: rawDesk.agentStore(db.collection('agents')),
  };
}

type Layers = ReturnType<typeof openSafe>;
type Notes = Record<string, unknown>;

const at = new Date('2024-05-01T00:00:00Z');

async function writeBlog({ authors, posts, blog }: Layers): Promise<Notes> {
  const ada = await authors.register({ handle: 'ada', email: 'ada@example.com', bio: 'b' }, 'h');
  const bob = await authors.register({ handle: 'bob', email: 'bob@example.com' }, 'h');
  const eve = await authors.register({ handle: 'eve', email: 'eve@example.com' }, 'h');
  await authors.patch(ada, { handle: 'ada2' });
  await authors.clearBio(ada);
  await authors.follow(ada, bob);
  await authors.follow(ada, eve);
  await authors.unfollow(ada, eve);
  await authors.setting(ada, 'theme', 'dark');
  await authors.resetSettings(bob);
  await authors.promote(ada);
  await authors.startReset('bob@example.com', 't');
  await authors.finishReset('t', 'h2');
  await authors.ban('eve');
  const seen = await authors.seen(bob);
  const first = await posts.create(ada, {
    slug: 'a',
    title: 'A',
    tags: ['x', 'old'],
    blocks: [{ kind: 'text', text: 't' }],
  });
  const second = await posts.create(bob, { slug: 'b', title: 'B', tags: ['x'], blocks: [] });
  if (first === null || second === undefined || first === undefined || second === null)
    throw new Error('There is no post.');
  await posts.patch(first._id, { title: 'A new title' });
  await posts.append(first._id, { kind: 'image', url: 'u' });
  await posts.rewrite(second._id, [{ kind: 'text', text: 's' }]);
  await posts.publish(first._id);
  await posts.view('a');
  await posts.react(first._id, 'up');
  await posts.tag(first._id, ['y', 'x']);
  await posts.untag('old');
  const [no, yes] = [new ObjectId(), new ObjectId()];
  await posts.comment(first._id, { _id: no, by: 'eve', text: 'no', at });
  await posts.comment(first._id, { _id: yes, by: 'bob', text: 'yes', at });
  await posts.editComment(first._id, yes, 'yes!');
  await posts.rename('bob', 'robert');
  await posts.removeComment(first._id, no);
  await posts.comment(second._id, { _id: no, by: 'eve', text: 'no', at });
  await posts.removeCommentsOf('eve');
  await posts.note(first._id, 'good');
  await posts.order(['a', 'b']);
  const { _id: _first, ...shown } = (await posts.byId(first._id)) ?? { _id: undefined };
  const bySlug = await posts.bySlug('a');
  return {
    seen: seen?.last_seen instanceof Date,
    byId: await authors.byId(ada),
    banned: await authors.byId(eve),
    byHandle: (await authors.byHandle('ada2'))?.settings,
    taken: [await authors.isTaken('ada'), await authors.isMailTaken('ada@example.com')],
    lists: [await authors.listByRole('editor'), await authors.search('b', 5), await authors.many([ada, bob])],
    followed: await authors.followersOf(bob),
    roles: (await authors.roles()).sort(),
    counts: [await authors.count(), await authors.perRole()],
    shown: Object.keys(shown).sort(),
    bySlug: [
      bySlug?.title,
      bySlug?.state,
      bySlug?.views,
      bySlug?.tags,
      bySlug?.reactions,
      bySlug?.blocks,
      bySlug?.comments.map(({ by, text }) => by + text),
    ],
    found: (await posts.list({ tag: 'x', search: 'new', page: 0 })).map(({ slug }) => slug),
    totals: [await posts.total({ state: 'published', since: at }), await posts.total({})],
    after: [(await posts.after('a')).map(({ slug }) => slug), (await posts.after(undefined)).length],
    of: [
      await posts.of(ada),
      await posts.drafts(bob),
      await posts.popular(1),
      await posts.withImages(),
      await posts.uncommented(),
    ],
    titles: [...(await posts.titles())].sort(([one], [other]) => one.localeCompare(other)),
    tags: (await posts.tags()).sort(),
    perTag: await posts.perTag(),
    monthly: (await posts.monthly()).map(({ views, slugs }) => [views, slugs]),
    withAuthors: await blog.withAuthors(),
    removed: await blog.removeAuthor(bob),
    gone: [
      await authors.purge().then(({ deletedCount }) => deletedCount),
      await authors.remove(ada),
      await authors.remove(ada),
    ],
    archived: (await posts.archive(new Date(Date.now() + 1000))).matchedCount,
    deleted: (await posts.remove(first._id)).deletedCount,
  };
}

async function writeDesk({ tickets, staff, agents }: Layers): Promise<Notes> {
  const customer = new ObjectId('0123456789abcdef01234567');
  const { insertedId: ann } = await agents.hire('Ann', 'first', 10);
  await agents.hireAll(['Ben', 'Cid']);
  await agents.learn(ann, 'mail');
  await agents.busy(ann, 2);
  await agents.raiseAll(2);
  const { document } = await tickets.open(customer, 1, { subject: 'Broken', contact: { name: 'C', phone: '1' } });
  await tickets.open(customer, 2, { subject: 'Slow', contact: { name: 'C' } });
  await tickets.patch(1, { subject: 'Still broken', priority: 2 });
  await tickets.contact(1, { name: 'D' });
  await tickets.forgetPhone(1);
  for (const text of ['a', 'b', 'c']) await tickets.say(1, 'C', text);
  await tickets.trim(1);
  await tickets.unsay(1, 'b');
  await tickets.edit(1, 'C', 'c!');
  await tickets.rename('C', 'D');
  await tickets.label(1, 'hot');
  await tickets.labelAll(1, ['hot', 'new', 'old']);
  await tickets.unlabel(1, 'new');
  await tickets.dropLabel('old');
  const rated = await tickets.rate(1, 4);
  await tickets.raise(1);
  await tickets.wait(2);
  await tickets.assign(1, ann);
  await tickets.charge(1, 5);
  await staff.note(1, ann, 'n');
  await staff.set(2, { priority: 1 });
  await staff.apply(2, { $set: { 'fields.os': 'x' } });
  await tickets.setPriorities([{ number: 2, priority: 3 }]);
  const all = await tickets.get(1);
  const seen = await staff.get(1);
  const before = {
    document,
    rated,
    ticket: [
      all?.subject,
      all?.priority,
      all?.contact,
      all?.labels,
      all?.messages.map(({ from, text }) => from + text),
      all?.rating,
    ],
    seen: [seen?.agent?.equals(ann), seen?.sla_cost, seen?.internal_notes.map(({ text }) => text)],
    as: [await tickets.as(1, 'guest'), Object.keys((await tickets.as(1, 'customer')) ?? {}).sort()],
    has: [await tickets.has(1), await tickets.has(9)],
    list: [
      await tickets.list({ text: 'broken' }, 'urgent'),
      await tickets.page({ label: 'hot' }, 0),
      await tickets.page({}, 1, 1),
      await tickets.list({ priority: 3 }, 'newest'),
    ],
    counts: [
      await tickets.count({ state: 'open' }),
      await tickets.openOf(customer),
      await tickets.unrated(),
      await tickets.byField('os', 'x'),
    ],
    of: [
      await tickets.of(customer),
      await tickets.numbers('waiting'),
      (await tickets.since(at)).length,
      (await tickets.since(at, at)).length,
    ],
    open: [await tickets.unassigned(), await tickets.silent(), await tickets.labels(), await tickets.customers('open')],
    groups: [
      await tickets.perState(),
      await tickets.perLabel(),
      await tickets.ratings(),
      (await staff.costs()).map(({ cost }) => cost),
    ],
    queue: await staff.queue(ann),
    agents: [
      await agents.get(ann),
      await agents.team('first'),
      await agents.idlest('mail'),
      await agents.able(['mail']),
      await agents.skills(),
    ],
  };
  await tickets.close(1);
  await tickets.reopen(2);
  await tickets.release(ann);
  await agents.retire(ann);
  return {
    ...before,
    states: await tickets.perState(),
    purged: (await tickets.purge(new Date(Date.now() + 1000))).deletedCount,
    removed: await tickets.remove(2),
    fired: (await agents.fire(ann)).deletedCount,
  };
}

it.each([
  ['blog', writeBlog],
  ['desk', writeDesk],
] as const)('the data-access layer %s does what its twin on the raw driver does', async (_name, write) => {
  const [safe = '', raw = ''] = names;
  const done = await write(openSafe(client.db(safe)));
  const expected = await write(openRaw(client.db(raw)) as unknown as Layers);
  expect(done).toEqual(expected);
});

it.each(DATA_ACCESS)('$name has sixty calls or more, and no cast', ({ safe, raw }) => {
  const text = (files: readonly string[]): string =>
    files.map((file) => readFileSync(join(import.meta.dirname, 'data-access', file), 'utf8')).join('\n');
  expect(text(safe).match(CALL)?.length).toBeGreaterThanOrEqual(60);
  expect(text(raw).match(CALL)?.length).toBeGreaterThanOrEqual(60);
  expect(text(safe)).not.toMatch(/ as (?!const\b)|<any>|\bany\b|@ts-/);
});
