import { inspect } from 'node:util';

import { sendable } from 'safe-collection';
import { beforeAll, expect, it } from 'vitest';

import { exposedShapeOf, markExposed } from '../../src/results/exposed-results.ts';
import { node } from './support/arbitraries.ts';
import { notes } from './support/notes.ts';

const { fill, safe } = notes();
const projection = { title: 1 } as const;
beforeAll(() => fill(5));

it('each result of every read is recognised, and no copy of it', async () => {
  const results: object[] = [...(await safe.find({}, { projection }).toArray())];
  for await (const note of safe.find({}, { projection })) results.push(note);
  results.push(
    (await safe.findOne({}, { projection })) as object,
    (await safe.findOneAndUpdate({}, { $set: { title: 'title 0' } }, { projection })) as object,
  );
  results.push(...(await safe.aggregate([{ $project: { title: 1 } }]).toArray()));
  expect(results).toHaveLength(17);
  for (const result of results) {
    expect(sendable(result as never)).toEqual(result);
    expect(() => sendable({ ...result } as never)).toThrow(expect.objectContaining({ code: 'not_sendable' }));
    expect(() => sendable(structuredClone(result) as never)).toThrow(expect.objectContaining({ code: 'not_sendable' }));
  }
});

it('the mark of a result shows nowhere', async () => {
  const [result] = await safe.find({}, { projection, limit: 1 }).toArray();
  expect(Reflect.ownKeys(result as object)).toEqual(['title']);
  expect(inspect(result, { showHidden: true, depth: null })).toBe("{ title: 'title 0' }");
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
});

it('a mark can be renewed, works on frozen results, and is not visible through a proxy', () => {
  const [one, other] = [node('branch', 'one'), node('branch', 'other')];
  const result = Object.freeze({});
  expect(exposedShapeOf(markExposed(result, one))).toBe(one);
  expect(exposedShapeOf(markExposed(result, other))).toBe(other);
  expect(exposedShapeOf(new Proxy(result, {}))).toBeUndefined();
  expect(exposedShapeOf(Object.create(result) as object)).toBeUndefined();
});
