// Documents and elements that are unions, branches that may be null, maps, and classes.
import type { Collection, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, subtree, trusted } from 'safe-collection';

import { a, compiles } from './assert.ts';

type Block = { kind: 'text'; text: string } | { kind: 'image'; url: string; alt?: string };
interface Page {
  _id: ObjectId;
  title: string;
  hero: Block;
  blocks: Block[];
}
const leaves = {
  title: 1,
  'hero.kind': 1,
  'hero.text': 1,
  'hero.url': 1,
  'hero.alt': 1,
  'blocks.kind': 1,
  'blocks.text': 1,
  'blocks.url': 1,
  'blocks.alt': 1,
} as const;
const pages = new SafeCollection(
  a<Collection<Page>>(),
  defineView<Page>()({ public: leaves, writable: leaves, arrays: { blocks: 1 } }),
);
const text = { kind: 'text', text: 't' } as const;
compiles(() => pages.insertOne({ title: 'a', hero: text, blocks: [] }));
compiles(() => pages.insertOne({ title: 'a', hero: text, blocks: [text, { kind: 'image', url: 'u' }] }));
compiles(() => pages.insertOne({ title: 'a', hero: a<Block>(), blocks: a<Block[]>() }));
compiles(() => pages.updateOne({ title: 'a' }, { $push: { blocks: { kind: 'image', url: 'u' } } }));
compiles(() => pages.updateOne({ title: 'a' }, { $push: { blocks: a<Block>() } }));
compiles(() => pages.updateOne({ title: 'a' }, { $push: { blocks: op({ $each: [text, { kind: 'image', url: 'u' }] }) } }));
// refused at size: 'blocks.size' is not a path of this document
pages.updateOne({ title: 'a' }, { $push: { blocks: { kind: 'text', text: 't', size: 3 } } });
// refused at url: 'blocks.url' takes a value of another type
pages.updateOne({ title: 'a' }, { $push: { blocks: { kind: 'image', url: 3 } } });
// refused at blocks: is not assignable
pages.updateOne({ title: 'a' }, { $push: { blocks: { kind: 'image', text: 't' } } });

type Event =
  | { _id: ObjectId; kind: 'message'; text: string }
  | { _id: ObjectId; kind: 'join'; user: string };
const events = new SafeCollection(
  a<Collection<Event>>(),
  defineView<Event>()({ public: { kind: 1, text: 1, user: 1 }, writable: { kind: 1, text: 1, user: 1 } }),
);
compiles(() => events.insertOne({ kind: 'message', text: 't' }));
compiles(() => events.insertOne({ kind: 'join', user: 'u' }));
compiles(() => events.insertMany([{ kind: 'join', user: 'u' }, { kind: 'message', text: 't' }]));
// refused: 'other' is not a path of this document
events.insertOne({ kind: 'join', user: 'u', other: 1 });
// refused at { kind: is missing
events.insertOne({ kind: 'join' });

interface Person {
  _id: ObjectId;
  name: string;
  address: { city: string } | null;
}
const people = new SafeCollection(
  a<Collection<Person>>(),
  defineView<Person>()({ public: { name: 1, 'address.city': 1 }, writable: { name: 1, 'address.city': 1 } }),
);
compiles(() => people.insertOne({ name: 'a', address: { city: 'x' } }));
compiles(() => people.insertOne({ name: 'b', address: null }));
compiles(() => people.insertOne({ name: 'c', address: a<Person['address']>() }));
compiles(() => people.insertOne({ name: 'd' }, { trusted: trusted({ set: { address: null } }) }));
// refused at { name: is missing
people.insertOne({ name: 'e' });

// Maps with keys of any kind, `Record<number, T>` among them.
interface Post {
  _id: ObjectId;
  title: string;
  perId: Record<number, string>;
  reactions: Record<string, number>;
  labels?: Partial<Record<string, string>>;
}
const open = { title: 1, reactions: subtree, labels: subtree, perId: subtree } as const;
const posts = new SafeCollection(a<Collection<Post>>(), defineView<Post>()({ public: open, writable: open }));
compiles(() => posts.updateOne({ title: 'a' }, { $unset: { 'reactions.ada': 1 } }));
compiles(() => posts.updateOne({ title: 'a' }, { $unset: { 'labels.red': 1, labels: 1 } }));
compiles(() => posts.insertOne({ title: 'a', reactions: { '2024': 1 }, perId: { 7: 'x' } }));
compiles(() => posts.updateOne({ title: 'a' }, { $set: { reactions: { '2024': 1, ada: 2 }, perId: { 7: 'x' } } }));
// refused: 'perId' takes a value of another type
posts.updateOne({ title: 'a' }, { $set: { perId: { 7: 3 } } });
// refused: 'reactions' is required, so it can't be unset
posts.updateOne({ title: 'a' }, { $unset: { reactions: 1 } });

interface Team {
  _id: ObjectId;
  name: string;
  members: { role: 'owner' | 'member'; score: number }[];
}
const team = { name: 1, 'members.role': 1, 'members.score': 1 } as const;
const teams = new SafeCollection(
  a<Collection<Team>>(),
  defineView<Team>()({ public: team, writable: team, arrays: { members: 1 } }),
);
const score = { $set: { 'members.$[m].score': 2 } } as const;
compiles(() => teams.updateOne({ name: 't' }, score, { arrayFilters: [{ 'm.role': 'member' }] }));
compiles(() => teams.updateMany({ name: 't' }, score, { arrayFilters: [{ $or: [{ 'm.role': 'member' }, { 'm.score': 3 }] }] }));
compiles(() => teams.findOneAndUpdate({ name: 't' }, score, { projection: ['name'], arrayFilters: [{ 'm.role': 'member' }] }));
// refused at m.role: 'members.role' is compared with a value of another type
teams.updateOne({ name: 't' }, score, { arrayFilters: [{ 'm.role': 'nobody' }] });

// The methods of a class are no fields: nobody is asked for them.
class Account {
  declare _id: ObjectId;
  name = '';
  secret = '';
  greet(): string {
    return this.name;
  }
}
const accounts = new SafeCollection(a<Collection<Account>>(), defineView<Account>()({ public: { name: 1 }, writable: { name: 1 } }));
compiles(() => accounts.insertOne({ name: 'x' }, { trusted: trusted({ set: { secret: 'x' } }) }));
// refused at trusted: trusted.set lacks 'secret'
accounts.insertOne({ name: 'x' }, { trusted: trusted({ set: { greet: a<() => string>() } }) });
