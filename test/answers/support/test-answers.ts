import { randomBytes } from 'node:crypto';

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { AnswerList } from './answer-list.ts';
import { Recorder } from './recorder.ts';

/** Compares the answers of a list with the known ones. `npx vitest run test/answers -u` writes them anew. */
export function testAnswers({ name, world, calls }: AnswerList): void {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const db = client.db(`answers_${randomBytes(6).toString('hex')}`);
  const recorder = new Recorder(client, db);
  beforeAll(async () => await world.store(db));
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });

  it(`${name}: each of ${calls.length} calls does what it did`, async () => {
    expect(new Set(calls).size).toBe(calls.length);
    const blocks: string[] = [];
    for (const source of calls) blocks.push(`${source}\n${await recorder.answer(source, world)}\n`);
    await expect(blocks.join('\n')).toMatchFileSnapshot(`./known/${name}.txt`);
  });
}
