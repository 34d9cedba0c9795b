import { randomUUID } from 'node:crypto';

import {
  MongoClient,
  type CollectionOptions,
  type CommandStartedEvent,
  type DbOptions,
  type Document,
  type MongoClientOptions,
} from 'mongodb';
import { defineView, SafeCollection, subtree } from 'safe-collection';
import { afterAll, inject } from 'vitest';

export interface Note {
  _id: number;
  title: string;
  body?: unknown;
  parts: { label: string; secret?: string }[];
  secret?: string;
}

/** `body` is a subtree, so any value is allowed there. */
export const noteView = defineView<Note>()({
  public: { title: 1, body: subtree, 'parts.label': 1, _id: 1 },
  writable: { title: 1 },
  arrays: { parts: 1 },
});

/** How a client, a database and a collection are set. */
export interface Settings {
  readonly client?: MongoClientOptions;
  readonly db?: DbOptions;
  readonly collection?: CollectionOptions;
}

/** Notes in a database of their own, and the reads that were sent, by name and without noise. */
export function notes(settings: Settings = {}) {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true, ...settings.client });
  const db = client.db(`safe-collection-${randomUUID()}`, settings.db);
  const raw = db.collection<Note>('notes', settings.collection);
  const sent: { readonly name: string; readonly command: Document }[] = [];
  client.on('commandStarted', ({ commandName: name, command }: CommandStartedEvent) => sent.push({ name, command }));
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return {
    client,
    db,
    raw,
    sent,
    names: () => sent.map(({ name }) => name),
    safe: new SafeCollection(raw, noteView),
    async fill(count: number, change: (note: Note) => Note = (note) => note): Promise<void> {
      await raw.deleteMany({});
      const many = Array.from({ length: count }, (_, index) =>
        change({
          _id: index,
          title: `title ${index}`,
          body: { inner: index },
          parts: [{ label: 'one', secret: 's' }],
          secret: 's',
        }),
      );
      await raw.insertMany(many);
      sent.length = 0;
    },
  };
}
