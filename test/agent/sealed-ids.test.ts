import { randomBytes, randomUUID } from 'node:crypto';

import { MongoClient, ObjectId } from 'mongodb';
import { createSafeDb, defineView, opaqueId, sendable } from 'safe-collection';
import { agentTools } from 'safe-collection/agent';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

interface Note {
  _id: ObjectId;
  text: string;
}

const noteView = defineView<Note>()({ name: 'note', public: { id: opaqueId('_id'), text: 1 } });
const client = new MongoClient(inject('mongodbUri'));
const db = client.db(`safe-collection-${randomUUID()}`);
const { notes } = createSafeDb(db, { notes: noteView }, { sealKeys: [randomBytes(32)] });
const tools = agentTools({ notes }, { notes: ['find', 'count', 'aggregate'] });
const _id = new ObjectId();

beforeAll(async () => void (await db.collection<Note>('notes').insertOne({ _id, text: 'a' })));
afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

it('a sealed id comes out of one call and goes into another', async () => {
  const found = await tools.call('notes_find', { projection: ['id', 'text'] });
  if (!found.ok) throw new Error(found.text);
  const [{ id }] = found.output['documents'] as [{ id: string }];
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(found.text).not.toContain(String(_id));
  const filter = { field: 'id', op: 'eq', value: id };
  expect(await tools.call('notes_count', { filter })).toMatchObject({ output: { count: 1 } });
});

it.each([
  ['notes_count', { filter: { field: 'id', op: 'eq', value: 'zebra' } }, 'opaque_id_invalid'],
  ['notes_count', { filter: { field: 'id', op: 'gt', value: 'a' } }, 'option_value'],
  ['notes_count', { filter: { field: 'id', op: 'contains', value: 'a' } }, 'option_value'],
  ['notes_aggregate', { group: ['id'], measures: [{ name: 'n', op: 'count' }] }, 'pipeline_path'],
  ['notes_find', { projection: ['text'], sort: [{ field: 'id', direction: 'asc' }] }, 'sort_path'],
])('%s %j is refused', async (name, input, code) => {
  expect(await tools.call(name, input)).toMatchObject({ ok: false, refusal: { code } });
});

it('the Standard Schema takes sealed ids only', async () => {
  const { validate } = noteView.toStandardSchema()['~standard'];
  const note = await notes.findOne({}, { projection: noteView });
  const checked = validate(note);
  expect(checked).toEqual({ value: note });
  expect(sendable(checked.issues === undefined ? checked.value : {})).toEqual(note);
  expect(validate({ id: _id, text: 'a' }).issues?.map(({ path }) => path)).toEqual([['id']]);
  expect(validate({ id: String(_id), text: 'a' }).issues).toHaveLength(1);
});
