import type { AnswerList } from '../support/answer-list.ts';
import { CROWD } from '../support/crowd.ts';
import { distinct, lines, listed } from '../support/tables.ts';

const PROJECTIONS = listed(`
  ['number'] | ['id'] | ['friend', 'number'] | ['friends'] | ['seats'] | ['id', 'friend', 'friends', 'seats', 'number'] | ['at', 'text'] | ['in', 'free'] | { 10: 1, 9: 1, b: 1 } | ['b', '9', 'number', '10'] | ['in.y.z', 'text']
`);

const SORT = `sort: { even: 1, number: -1 }`;

/** Ways to read all. */
const READS = (options: string): readonly string[] => [
  `await G.find({}, { ${options} }).toArray()`,
  `await G.find({}, { ${options}, batchSize: 130 }).toArray()`,
  `(await G.findJson({}, { ${options} })).text()`,
  `(await G.find({}, { ${options}, batchSize: 257 }).json()).text()`,
  `(await G.find({}, { ${options} }).json({ ejson: 'canonical' })).text()`,
];

/** Reads in other orders, of batches of several sizes. */
const STEPS = `
  const seen = []; for (let each = await cursor.next(); each !== null; each = await cursor.next()) seen.push(each); return summed(seen);
  const seen = []; for await (const each of cursor) seen.push(each); return summed(seen);
  const seen = [await cursor.next(), await cursor.next(), await cursor.hasNext()]; return summed([...seen, ...(await cursor.toArray())]);
  const seen = []; await cursor.forEach((each) => { seen.push(each); return seen.length < 333; }); return summed(seen);
  const seen = []; while (await cursor.hasNext()) seen.push(await cursor.next()); return summed(seen);
  const parts = []; for await (const part of cursor.jsonStream({ format: 'array' })) parts.push(Buffer.from(part).toString()); return [parts.length, summed(parts.join(''))];
  const parts = []; for await (const part of cursor.jsonStream({ format: 'ndjson' })) parts.push(Buffer.from(part).toString()); return [parts.map((part) => part.split('\\n').length), summed(parts.join(''))];
  const seen = []; for await (const each of cursor.stream()) { seen.push(each); if (seen.length === 140) break; } return [summed(seen), await cursor.next().catch(({ code }) => code)];
  const stream = cursor.jsonStream({ format: 'ndjson' }); const reader = stream.web().getReader(); const first = await reader.read(); await reader.cancel(); return [first.done, summed(Buffer.from(first.value).toString())];
  const stream = cursor.jsonStream({ format: 'array' }).node(); const parts = []; for await (const part of stream) parts.push(part.toString()); return [stream.destroyed, summed(parts.join(''))];
  const [a, b, c] = await Promise.all([cursor.toArray(), cursor.next(), cursor.toArray()]); return summed([a, b, c]);
  for (let at = 0; at < 127; at += 1) await cursor.next(); return summed([await cursor.next(), await cursor.next(), await cursor.next(), ...(await cursor.toArray())]);
  for (let at = 0; at < 128; at += 1) await cursor.next(); await cursor.close(); return await cursor.next().catch(({ code }) => code);
`;

const CURSORS = [
  `G.find({}, { projection: ['id', 'number'], batchSize: 150 })`,
  `G.find({}, { projection: ['number', 'text'], batchSize: 150 })`,
  `G.find({}, { projection: ['id', 'friends'], limit: 400 })`,
  `G.find({}, { projection: ['number', 'in.x'], limit: 129 })`,
  `G.find({}, { projection: ['friend'] })`,
  `G.aggregate([{ $project: { id: 1, n: '$number' } }], { batchSize: 150 })`,
  `G.aggregate([{ $project: { n: '$number' } }])`,
];

/** Reads that meet a value of another kind after many others. */
const BROKEN = `
  return summed(await cursor.toArray());
  const seen = []; try { for await (const each of cursor) seen.push(each); } catch (error) { return [seen.length, error.code, error.path, await cursor.next().catch(({ code }) => code)]; }
  const seen = []; for (;;) { const each = await cursor.next().catch((error) => error.code); if (each === null || typeof each === 'string') return [seen.length, each, await cursor.hasNext().catch(({ code }) => code), await cursor.toArray().catch(({ code }) => code)]; seen.push(each); }
  const parts = []; try { for await (const part of cursor.jsonStream({ format: 'array' })) parts.push(Buffer.from(part).toString()); } catch (error) { return [parts.length, summed(parts.join('')), error.code, error.path]; }
  return await cursor.json();
  const seen = []; while (seen.length < 299) seen.push(await cursor.next()); const both = [await cursor.next(), await cursor.next().catch(({ code }) => code), await cursor.next().catch(({ code }) => code)]; return both;
  return await Promise.all([cursor.toArray().catch(({ code }) => code), cursor.next().catch(({ code }) => code)]);
`;

const BROKEN_CURSORS = [
  `B.find({}, { projection: ['friend', 'number'], sort: { number: 1 } })`,
  `B.find({}, { projection: ['friend', 'number'], sort: { number: 1 }, batchSize: 100 })`,
  `B.find({}, { projection: ['friend', 'number'], sort: { number: 1 }, limit: 500 })`,
];

/** Bytes of a reply that are not as they should be. */
const CHANGES = `
  () => 1 | (bytes, [start]) => { bytes[start - 1] = 1; } | (bytes, [, second]) => { bytes[second - 1] = 1; } | (bytes, [, second]) => { bytes[second - 2] = 0x2f; } | (bytes, [, second]) => { bytes[second - 2] = 0x39; } | (bytes, [, second]) => { bytes[second - 2] = 0x3a; } | (bytes, [, second]) => { bytes[second - 2] = 0; } | (bytes, [, second]) => { bytes[second - 3] = 4; } | (bytes, [, , third]) => { bytes[third - 3] = 4; } | (bytes, [, , third]) => { bytes[third - 2] = 0x41; } | (bytes, [, , third]) => { bytes[third] = 4; }
  (bytes, [, , third]) => { bytes[third] = 5; } | (bytes, [, , third]) => { bytes[third] += 1; } | (bytes, [, , third]) => { bytes[third + 3] = 0x80; } | (bytes, [, , third]) => { bytes[third + 2] = 0x7f; } | (bytes, [start]) => { bytes[start] += 1; } | (bytes, [, second]) => { bytes[second] += 1; } | (bytes) => { bytes[bytes.length - 9] = 7; } | (bytes) => bytes.fill(1, bytes.length - 12) | (bytes, starts) => { bytes[starts.at(-1) + bytes[starts.at(-1)] - 1] = 1; } | (bytes, starts) => { bytes[starts.at(-1) + bytes[starts.at(-1)]] = 3; }
`;

/** Writes to a buffer. */
const WRITES = `
  (out) => { out.byte(65); } | (out) => { out.byte(65); out.byte(66); out.byte(67); } | (out) => { out.raw(Buffer.from('abc')); out.raw(Buffer.from('')); } | (out) => { out.text('é𝄞x'); out.text(''); } | (out) => { out.text('x'.repeat(50)); out.raw(Buffer.alloc(40, 66)); out.byte(67); } | (out) => { out.byte(65); out.reserve(100); out.byte(66); } | (out) => { out.text('abc'); out.length = 1; out.text('d'); } | (out) => { out.text('abc'); out.take(); out.byte(65); } | (out) => 1
  (out) => { out.byte(65); const kept = out.take(); out.byte(66); if (kept.toString() !== 'A') throw new Error(); }
`;

/** Values that an adapter for HTTP is given. */
const BODIES = `
  await G.findOneJson({ number: 3 }, { projection: ['number'] }) | G.find({ number: 3 }, { projection: ['number'] }).jsonStream() | G.find({ number: 3 }, { projection: ['number'] }).jsonStream({ format: 'ndjson' }) | {} | null | undefined | 1 | 'x' | [] | () => 1 | Object.create(await G.findOneJson({ number: 3 }, { projection: ['number'] })) | Object.create(G.find({ number: 3 }, { projection: ['number'] }).jsonStream()) | Buffer.from('{}') | await G.findOne({ number: 3 }, { projection: ['number'] })
`;

const STREAM = `.jsonStream({ format: 'ndjson' })`;

/** Streams of Node and of the web, and how they end. */
const ENDINGS = `
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); return await ended(cursor${STREAM}.node());
  const cursor = B.find({}, { projection: ['friend'], batchSize: 100, sort: { number: 1 } }); return await ended(cursor${STREAM}.node());
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const stream = cursor${STREAM}.node(); const made = ended(stream); stream.destroy(new Error('own')); return await made;
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const stream = cursor${STREAM}.node(); const made = ended(stream); stream.destroy(); return await made;
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const stream = cursor${STREAM}.node(); return [stream.readableObjectMode, stream.readableHighWaterMark];
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const stream = cursor${STREAM}; const first = stream.node(); try { stream.node(); } catch (error) { first.destroy(); return error.code; }
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const response = cursor${STREAM}.response(); return [isProvedBody(response), isProvedBody(response.body), summed(await response.text())];
  const json = await G.findOneJson({ number: 3 }, { projection: ['number'] }); const response = json.response(); return [isProvedBody(response), isProvedBody(response.body), await response.text()];
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); const reader = cursor${STREAM}.web().getReader(); await reader.read(); await reader.cancel(); return await cursor.next().catch(({ code }) => code);
  const cursor = G.find({}, { projection: ['number'], batchSize: 300 }); cursor${STREAM}.web(); await new Promise((resolve) => setTimeout(resolve, 20)); return 'asked for nothing';
`;

export const CROWDS: AnswerList = {
  name: 'crowds',
  world: CROWD,
  calls: distinct(
    listed(BODIES).map((body) => `return await proved(${body});`),
    lines(ENDINGS),
    PROJECTIONS.flatMap((projection) =>
      READS(`projection: ${projection}, ${SORT}`).map((read) => `return summed(${read});`),
    ),
    PROJECTIONS.map(
      (projection) =>
        `const one = G.findOne({ number: 302 }, { projection: ${projection} }); const json = G.findOneJson({ number: 302 }, { projection: ${projection} }); return [await one, (await json).text()];`,
    ),
    CURSORS.flatMap((cursor) => lines(STEPS).map((steps) => `const cursor = ${cursor}; ${steps}`)),
    BROKEN_CURSORS.flatMap((cursor) => lines(BROKEN).map((steps) => `const cursor = ${cursor}; ${steps}`)),
    [2, 3, 5, 12].flatMap((count) =>
      listed(CHANGES).map(
        (change) => `return whole(${count}, ${change.replaceAll('[, , third]', `[, ${count > 2 ? ', ' : ''}third]`)});`,
      ),
    ),
    [0, 1, 2, 4].map((others) => `return whole(4, () => 1, ${others});`),
    [`0`, `1`, `2`, `0, 3`, `1, 3`, `2, 128, 5`, `3, 0, 5`].map((given) => `return sliced(${given});`),
    ['0', '1', '4', 'undefined'].flatMap((size) =>
      listed(WRITES).map((write) => `return buffered(${size}, ${write});`),
    ),
    [100, 256, 257, 300, 700].flatMap((limit) => [
      `return summed(await G.find({}, { projection: ['id'], limit: ${limit} }).toArray());`,
      `return summed((await G.findJson({}, { projection: ['id', 'friends'], limit: ${limit} })).text());`,
    ]),
    [
      `return summed(await privileged.find({}, { projection: ['id', 'even'], limit: 3 }).toArray());`,
      `const [first] = await privileged.find({}, { projection: ['id', 'even', 'in.x'], limit: 3 }).toArray(); return [isExposed(first), JSON.stringify(first)];`,
      `return await privileged.find({}, { projection: ['id', 'even'] }).json();`,
      `return await privileged.distinct('even').then(JSON.stringify);`,
      `return await privileged.distinct('number', { number: 3 }).then(JSON.stringify);`,
      `const first = await G.findOne({ number: 1 }, { projection: ['id'] }); return [isExposed(first), isExposed({ ...first }), isExposed(null), isExposed(1), isExposed([first])];`,
      `const all = await G.find({ number: 1 }, { projection: ['id'] }).toArray(); return [isExposed(all), isExposed(all[0])];`,
      `const page = await G.paginate({}, { projection: ['id'], limit: 2 }); return [isExposed(page), isExposed(page.items[0]), page.items, page.hasNext];`,
      `const values = await G.distinct('number', { number: 5 }); return [isExposed(values), values];`,
      `return summed(await G.distinct('id', { number: 5 }));`,
      `return await G.distinct('friends', { number: 7 });`,
      `return await B.distinct('friend', { number: 300 });`,
    ],
    ['id', 'friends', 'number', 'seats'].flatMap((field) => [
      `const seen = []; let after; do { const page = await G.paginate({}, { projection: ['${field}'], limit: 260, after }); seen.push(page.items); after = page.next ?? undefined; } while (after !== undefined); return [seen.map(({ length }) => length), summed(seen)];`,
      `const seen = []; let page = await G.paginate({}, { projection: ['${field}'], limit: 300, sort: { number: -1 } }); page = await G.paginate({}, { projection: ['${field}'], limit: 300, sort: { number: -1 }, after: page.next }); page = await G.paginate({}, { projection: ['${field}'], limit: 300, sort: { number: -1 }, before: page.previous }); return summed(page.items);`,
    ]),
  ),
};
