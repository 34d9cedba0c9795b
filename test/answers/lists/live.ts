import type { AnswerList } from '../support/answer-list.ts';
import { LIVE } from '../support/live.ts';
import { distinct, lines, listed } from '../support/tables.ts';

/** Changes of documents, and the number of events that they make for all orders. */
const CHANGES = `
  await raw.insertOne(orderOf(5)); | 1
  await raw.updateOne({ _id: idOf(0) }, { $inc: { count: 1 } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $inc: { cost: 1 } }); await raw.insertOne(orderOf(6)); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { product: 'desk' } }); await raw.deleteOne({ _id: idOf(1) }); | 2
  await raw.replaceOne({ _id: idOf(0) }, { product: 'sofa', count: 9, tags: [] }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { buyer_id: idOf(7) } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { 'place.city': 'Paris' } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $push: { tags: 'b' } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { tags: [/a/i, new M.BSONRegExp('('), new M.Long(5), new Date(0), 2.5] } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { product: { secret: 1 } } }); | 1
  await raw.updateOne({ _id: idOf(0) }, { $set: { buyer_id: 'text' } }); | 1
  await raw.insertMany([orderOf(5), orderOf(6), orderOf(7)]); | 3
`;

const ALL = `['product', 'count', 'tags', 'place', 'buyer']`;

const watched = (collection: string, filter: string, projection: string, change: string, count: number): string =>
  `const S = await ${collection}.watch(${filter}, { projection: ${projection} }); try { ${change} const seen = []; while (seen.length < ${count}) seen.push(shown(await S.next())); return inspect(seen); } finally { await S.close(); }`;

/** Ways to read and to end a stream. */
const ENDS = `
  const asked = S.next(); await S.close(); return [await asked, await S.next(), S.closed];
  await S.close(); await S.close(); return [await S.next(), S.closed];
  await raw.insertOne(orderOf(5)); await S.next(); return [S.closed, await S.close(), S.closed];
  await raw.insertMany([orderOf(5), orderOf(6)]); const both = await Promise.all([S.next(), S.next()]); return both.map(shown);
  await raw.insertMany([orderOf(5), orderOf(6)]); for await (const event of S) return [shown(event), S.closed];
  await raw.insertMany([orderOf(5), orderOf(6)]); const seen = []; for await (const event of S) { seen.push(shown(event)); if (seen.length === 2) break; } return [seen, S.closed, await S.next()];
  const seen = []; const asked = (async () => { for await (const event of S) seen.push(shown(event)); })(); await raw.insertOne(orderOf(5)); while (seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5)); await S.close(); await asked; return seen;
  await raw.updateOne({ _id: idOf(0) }, { $set: { product: { secret: 1 } } }); return [await S.next().catch(described), S.closed, await S.next()];
  const asked = S.next(); stop.abort('why'); return [await asked.catch(String), await S.next().catch(String), S.closed];
  stop.abort('why'); return [await S.next().catch(String), S.closed, await S.next()];
  await raw.insertOne(orderOf(5)); await S.next(); stop.abort(new Error('own')); return [await S.next().catch(String), S.closed];
  await S.close(); stop.abort('why'); return await S.next();
  const clean = pollute('x'); const asked = await S.next().catch(described); clean(); return [asked, S.closed, await S.next()];
  const asked = S.next(); await raw.insertOne(orderOf(5)); return shown(await asked);
  const asked = S.next().catch(described); await null; const clean = pollute('x', 'a value that is not enumerable'); await raw.insertOne(orderOf(5)); const seen = await asked; clean(); return [seen, S.closed, await S.next()];
`;

/** Streams that go on after an event. */
const RESUMED = `
  C.watch({}, { projection: ['product', 'count'], resumeAfter: T }) | C.watch({}, { projection: ['product'], resumeAfter: T }) | C.watch({ product: 'lamp' }, { projection: ['product', 'count'], resumeAfter: T }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: T + 'A' }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: T.slice(1) }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: '' }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: 1 })
  C.watch({}, { projection: ['product', 'count'], resumeAfter: null }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: undefined }) | bare.watch({}, { projection: ['product', 'count'], resumeAfter: T }) | unsealed.watch({}, { projection: ['product', 'count'], resumeAfter: T }) | scoped({ tenant: 'acme', kind: 1 }).watch({}, { projection: ['product', 'count'], resumeAfter: T }) | C.watch({}, { projection: ['product', 'count'], resumeAfter: T, trusted: trusted({ filter: { cost: 5 } }) })
`;

/** Errors of a running stream. */
const ERRORS = listed(`
  new M.MongoServerError({ code: 136 }) | new M.MongoServerError({ code: 260 }) | new M.MongoServerError({ code: 280 }) | new M.MongoServerError({ code: 286 }) | new M.MongoServerError({ code: new M.Int32(286) }) | new M.MongoServerError({ code: 137 }) | new M.MongoServerError({ code: 5, codeName: 'Name' }) | new M.MongoNetworkError('t') | Object.assign(new Error('t'), { code: 286 }) | new TypeError('t') | undefined
`);

const COLLECTIONS =
  listed(`C | bare | off | none | unsealed | over({ raw: true }) | over({ promoteValues: false }) | over({ useBigInt64: true }) | over({ bsonRegExp: true }) | over({ ignoreUndefined: true }) | over({ fieldsAsRaw: { fullDocument: true } }) | over({ useBigInt64: true, promoteValues: false })
`);

/** What a stream or a group is asked with. */
const ASKED = listed(`
  {}, { projection: ['product'] } | {}, {} | {}, undefined | { cost: 1 }, { projection: ['product'] } | {}, { projection: ['cost'] } | {}, { projection: ['product'], signal: AbortSignal.abort('why') } | {}, { projection: ['product'], signal: {} } | {}, { projection: ['product'], batchSize: 1 } | {}, { projection: ['product'], maxAwaitTimeMS: 10 } | {}, { projection: ['product'], session: client.startSession() } | {}, { projection: ['product'], other: 1 }
`);

/** What the server may say about a collection. */
const LISTINGS = listed(`
  [] | [null] | [{}] | [{ options: {} }] | [{ options: { changeStreamPreAndPostImages: true } }] | [{ options: { changeStreamPreAndPostImages: null } }] | [{ options: { changeStreamPreAndPostImages: {} } }] | [{ options: { changeStreamPreAndPostImages: { enabled: 1 } } }] | [{ options: { changeStreamPreAndPostImages: { enabled: true } } }] | [{ options: { changeStreamPreAndPostImages: Object.assign(() => 1, { enabled: true }) } }] | [{}, { options: { changeStreamPreAndPostImages: { enabled: true } } }]
`);

/** Groups that are refused, or that end at once. */
const GROUPS = `
  { group: '' } | { group: 1 } | { group: undefined } | { group: 'x'.repeat(100), signal: AbortSignal.abort() } | { group: 'x'.repeat(101) } | { lease: 499 } | { lease: 500, signal: AbortSignal.abort() } | { lease: 0 } | { lease: 1.5 } | { lease: '1000' } | { lease: null } | { lease: Infinity } | { lease: undefined, signal: AbortSignal.abort() } | { projection: undefined } | { signal: {} } | { resumeAfter: 'x' } | { other: 1 }
`;

/** Work of a group. */
const WORK = `
  const done = consumed(C, 1); await begun(); await raw.insertOne(orderOf(5)); return [await done, await states()];
  const done = consumed(C, 2); await begun(); await raw.insertMany([orderOf(5), orderOf(6), orderOf(7)]); const first = await done; return [first, await consumed(C, 1), await states()];
  const done = consumed(C, 1); await begun(); await raw.insertOne(orderOf(5)); await done; await raw.updateOne({ _id: idOf(0) }, { $inc: { count: 1 } }); return await consumed(C, 1);
  const done = consumed(C, 1, {}, () => { throw new Error('own'); }).catch(String); await begun(); await raw.insertOne(orderOf(5)); const first = await done; return [first, await states(), await consumed(C, 1)];
  const done = consumed(C, 1, { lease: 5000 }); await begun(); await raw.insertOne(orderOf(5)); return [await done, await consumed(C, 1, { projection: ['product'] }).catch(described), await states()];
  const done = consumed(C, 1, { group: 'a' }); await begun(); await raw.insertOne(orderOf(5)); return [await done, await states()];
  const S = scoped({ tenant: 'acme', kind: 1 }); const done = consumed(S, 1); await begun(); await raw.insertOne(orderOf(5)); const first = await done; const T = scoped({ kind: 1, tenant: 'acme' }); await raw.insertOne(orderOf(6)); return [first, await consumed(T, 1), (await states()).length];
  const done = consumed(C, 1, {}, (event, { signal }) => { told.push(signal.aborted); }); const told = []; await begun(); await raw.insertOne(orderOf(5)); await done; return told;
  const done = consumed(C, 1, {}, async () => { await db.collection('safe_collection_consumers').updateMany({}, { $set: { holder: 'other' } }); }); await begun(); await raw.insertMany([orderOf(5), orderOf(6)]); return await done;
  const done = consumed(C, 1, {}, () => { clean.push(pollute('x', 'a value that is not enumerable')); }).catch(described); const clean = []; await begun(); await raw.insertOne(orderOf(5)); const seen = await done; clean.forEach((each) => each()); return seen;
  await db.collection('safe_collection_consumers').insertOne({ _id: 'orders/g', until: new Date(0) }); const done = consumed(C, 1); await begun(); await raw.insertOne(orderOf(5)); return await done;
  await db.collection('safe_collection_consumers').insertOne({ _id: 'orders/g', holder: 'other', until: new Date(Date.now() + 9e7) }); const stop = new AbortController(); setTimeout(() => stop.abort(), 50); await C.consume({}, { group: 'g', projection: ['product'], signal: stop.signal }, () => 1); return 'gave up';
  await db.collection('safe_collection_consumers').insertOne({ _id: 'orders/g', until: new Date(0), token: 'wrong' }); return [await consumed(C, 1).catch(described), await states()];
`;

const failingStream = (name: string, times: number, error: string, steps: string): string =>
  `const F = failing('${name}', ${times}, () => ${error}); const S = await F.watch({}, { projection: ['product', 'count'] }); try { ${steps} } finally { await S.close().catch(() => 0); }`;

export const LIVE_ORDERS: AnswerList = {
  name: 'live',
  world: LIVE,
  calls: distinct(
    lines(CHANGES).flatMap((line) => {
      const [change = '', count = ''] = line.split(/ \| /);
      return [
        watched('C', '{}', ALL, change, Number(count)),
        watched('C', '{}', ALL, `${change} await raw.insertOne(orderOf(8));`, 1),
        watched('over({ bsonRegExp: true })', '{}', ALL, change, Number(count)),
      ];
    }),
    lines(ENDS).map(
      (steps) =>
        `const stop = new AbortController(); const S = await C.watch({}, { projection: ['product', 'count'], signal: stop.signal }); try { ${steps} } finally { await S.close().catch(() => 0); }`,
    ),
    [
      `const S = await C.watch({}, { projection: ['count'] }); await raw.insertOne(orderOf(5)); const event = await S.next(); await S[Symbol.asyncDispose](); return [shown(event), S.closed, Object.keys(S)];`,
    ],
    [
      `const S = await C.watch({}, { projection: ['count'] }); const asked = S.next().catch(described); const clean = pollute('x', 'a value that is not enumerable', 2000); const seen = await asked; clean(); return [seen, S.closed];`,
      `const clean = pollute('x', 'a value that is not enumerable'); const S = C.watch({}, { projection: ['count'] }); clean(); return await S;`,
      `const S = C.watch({}, { projection: ['count'] }); const clean = pollute('x', 'a value that is not enumerable'); try { return await S; } finally { clean(); }`,
    ],
    listed(RESUMED).map(
      (again) =>
        `const S = await C.watch({}, { projection: ['product', 'count'] }); await raw.insertMany([orderOf(5), orderOf(6)]); const T = (await S.next()).token; await S.close(); const next = await ${again}; try { await raw.insertOne(orderOf(7)); return shown(await next.next()); } finally { await next.close(); }`,
    ),
    ERRORS.flatMap((error) => [
      failingStream('next', 1, error, `await raw.insertOne(orderOf(5)); return [shown(await S.next()), S.closed];`),
      failingStream('next', 2, error, `return [await S.next().then(shown, described), S.closed, heard];`),
      failingStream('next', 9, error, `return [await S.next().then(shown, described), S.closed, heard];`),
    ]),
    [
      failingStream('close', 1, `new M.MongoNetworkError('t')`, `return [await S.close().catch(String), S.closed];`),
      failingStream(
        'close',
        1,
        `new M.MongoNetworkError('t')`,
        `const clean = pollute('x'); const seen = await S.next().catch(described); clean(); return [seen, S.closed];`,
      ),
    ],
    COLLECTIONS.map(
      (collection) =>
        `const S = await ${collection}.watch({}, { projection: ['product', 'count'] }); try { await raw.insertOne(orderOf(5)); return inspect(shown(await S.next())); } finally { await S.close(); }`,
    ),
    COLLECTIONS.map(
      (collection) =>
        `const stop = new AbortController(); const done = ${collection}.consume({}, { group: 'g', projection: ['product'], signal: stop.signal }, () => 1); await Promise.race([done, begun()]); stop.abort(); await done; return await states();`,
    ),
    LISTINGS.map(
      (infos) =>
        `const S = await listing(async () => ${infos}).watch({}, { projection: ['product'] }); await S.close(); return S.closed;`,
    ),
    ERRORS.map(
      (error) =>
        `return [await listing(async () => { throw ${error}; }).watch({}, { projection: ['product'] }).catch(described), heard];`,
    ),
    ASKED.map((given) => `const S = await C.watch(${given}); await S.close(); return S.closed;`),
    listed(GROUPS).map(
      (options) => `return await C.consume({}, { group: 'g', projection: ['product'], ...${options} }, () => 1);`,
    ),
    ['undefined', 'null', '1', '{}'].map(
      (handler) => `return await C.consume({}, { group: 'g', projection: ['product'] }, ${handler});`,
    ),
    lines(WORK),
  ),
};
