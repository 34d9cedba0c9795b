import { CALLERS, type Caller, type Part, type Parts } from './callers.ts';

/** A call that has the value `V` in the place of one whole argument or option. */
export interface ArgumentPlace {
  readonly name: string;
  readonly caller: Caller;
  readonly source: string;
}

/** Each part of each caller. Stages are a list, so `V` is the pipeline itself. */
export const PART_PLACES: readonly ArgumentPlace[] = CALLERS.flatMap((caller) =>
  caller.takes
    .filter((part) => part !== 'nothing' && !(part === 'stages' && caller.isLoose === true))
    .map((part) => ({
      name: `${caller.name}, ${part}`,
      caller,
      source: caller.source({ [part]: 'V' } satisfies Parts).replace('[V]', part === 'stages' ? 'V' : '[V]'),
    })),
);

const READ = `{ projection: { username: 1 } }`;
const UPDATE = `{ $set: { age: 41 } }`;

/** Arguments that no form writes: options, models, handlers, scopes. */
const OTHERS: Readonly<Record<string, string>> = {
  'find, options': `return await C.find({}, V).toArray();`,
  'findOne, options': `return await C.findOne({}, V);`,
  'findJson, options': `return (await C.findJson({}, V)).text();`,
  'findOneJson, options': `return (await C.findOneJson({}, V))?.text();`,
  'paginate, options': `return await C.paginate({}, V);`,
  'exists, options': `return await C.exists({}, V);`,
  'countDocuments, options': `return await C.countDocuments({}, V);`,
  'estimatedDocumentCount, options': `return await C.estimatedDocumentCount(V);`,
  'distinct, options': `return await C.distinct('username', {}, V);`,
  'aggregate, options': `return await C.aggregate([${READ.replace('projection', '$project')}], V).toArray();`,
  'pipeline, options': `return await C.pipeline(V).project({ username: 1 }).toArray();`,
  'findPopulated, options': `return await C.findPopulated({}, V).toArray();`,
  'watch, options': `const stream = await C.watch({}, V); await stream.close(); return 'opened';`,
  'consume, options': `return await C.consume({}, V, () => undefined);`,
  'consume, handler': `return await C.consume({}, { projection: { username: 1 }, group: GROUP, signal: AbortSignal.timeout(50) }, V);`,
  'insertOne, options': `return await C.insertOne({ username: 'eve' }, V);`,
  'insertMany, options': `return await C.insertMany([{ username: 'eve' }], V);`,
  'insertMany, documents': `return await C.insertMany(V);`,
  'updateOne, options': `return await C.updateOne({ username: 'bob' }, ${UPDATE}, V);`,
  'updateMany, options': `return await C.updateMany({ username: 'bob' }, ${UPDATE}, V);`,
  'replaceOne, options': `return await C.replaceOne({ username: 'bob' }, { username: 'bob' }, V);`,
  'deleteOne, options': `return await C.deleteOne({ username: 'bob' }, V);`,
  'deleteMany, options': `return await C.deleteMany({ username: 'bob' }, V);`,
  'findOneAndUpdate, options': `return await C.findOneAndUpdate({ username: 'bob' }, ${UPDATE}, V);`,
  'findOneAndReplace, options': `return await C.findOneAndReplace({ username: 'bob' }, { username: 'bob' }, V);`,
  'findOneAndDelete, options': `return await C.findOneAndDelete({ username: 'bob' }, V);`,
  'bulkWrite, models': `return await C.bulkWrite(V);`,
  'bulkWrite, a model': `return await C.bulkWrite([V]);`,
  'bulkWrite, the operation of a model': `return await C.bulkWrite([{ updateOne: V }]);`,
  'bulkWrite, options': `return await C.bulkWrite([{ deleteOne: { filter: { username: 'bob' } } }], V);`,
  'bulk, options': `return await C.initializeOrderedBulkOp(V).insert({ username: 'eve' }).execute();`,
  'bulk, options of execute': `return await C.initializeOrderedBulkOp().insert({ username: 'eve' }).execute(V);`,
  'bulk, options of a model': `return await C.initializeOrderedBulkOp().find({ username: 'bob' }).updateOne(${UPDATE}, V).execute();`,
  'bulk, collation': `return await C.initializeUnorderedBulkOp().find({ username: 'bob' }).collation(V).deleteOne().execute();`,
  'cursor, limit': `return await C.find({}, ${READ}).limit(V).toArray();`,
  'cursor, skip': `return await C.find({}, ${READ}).skip(V).toArray();`,
  'cursor, batchSize': `return await C.find({}, ${READ}).batchSize(V).toArray();`,
  'cursor, json': `return (await C.find({}, ${READ}).json(V)).text();`,
  'cursor, jsonStream': `return await textOf(C.find({}, ${READ}).jsonStream(V));`,
  'op()': `return await C.countDocuments({ username: op(V) });`,
  'trusted()': `return await C.countDocuments(trusted(V));`,
  'trusted.and()': `return await C.countDocuments(trusted.and(trusted({ age: 20 }), V));`,
  'privileged find, options': `return await P.find({}, V).toArray();`,
  'privileged findOne, options': `return await P.findOne({}, V);`,
  'privileged exists, options': `return await P.exists({}, V);`,
  'privileged countDocuments, options': `return await P.countDocuments({}, V);`,
  'privileged distinct, options': `return await P.distinct('username', {}, V);`,
};

/** Options by name, whose values are objects of other libraries. */
const OPTIONS: readonly (readonly [name: string, call: (option: string) => string])[] = [
  'session',
  'signal',
  'readConcern',
  'readPreference',
  'collation',
  'comment',
  'maxTimeMS',
  'trusted',
  'sort',
  'limit',
  'skip',
  'batchSize',
].map((name) => [
  `find, ${name}`,
  (value) => `return await C.find({}, { projection: { username: 1 }, ${name}: ${value} }).toArray();`,
]);

const WRITE_OPTIONS = [
  'session',
  'writeConcern',
  'collation',
  'comment',
  'maxTimeMS',
  'trusted',
  'upsert',
  'arrayFilters',
  'version',
];

function callerOf(name: string): Caller {
  const method = name.split(',')[0] as string;
  const found = CALLERS.find((caller) => caller.name === method);
  const isWrite = /insert|update|replace|delete|bulk/i.test(name);
  return found ?? { name, method, kind: isWrite ? 'write' : 'read', takes: [], source: () => '' };
}

/** Every argument and option of every method. */
export const ARGUMENT_PLACES: readonly ArgumentPlace[] = [
  ...PART_PLACES,
  ...Object.entries(OTHERS).map(([name, source]) => ({ name, caller: callerOf(name), source })),
  ...OPTIONS.map(([name, call]) => ({ name, caller: callerOf(name), source: call('V') })),
  ...WRITE_OPTIONS.map((option) => ({
    name: `updateOne, ${option}`,
    caller: callerOf('updateOne'),
    source: `return await C.updateOne({ username: 'bob' }, ${UPDATE}, { ${option}: V });`,
  })),
];

/** The parts whose example a test changes after the call. */
export const EXAMPLES: Readonly<Record<Exclude<Part, 'nothing'>, () => unknown>> = {
  filter: () => ({ $or: [{ username: 'ada' }, { 'addresses.city': 'London' }] }),
  projection: () => ({ username: 1, 'profile.bio': 1 }),
  sort: () => [['age', -1]],
  key: () => 'username',
  update: () => ({ $set: { username: 'ann', tags: ['a', 'b'] } }),
  arrayFilters: () => [{ 'a.city': 'London' }],
  upsert: () => ({ username: 'eve', age: 77 }),
  document: () => ({ username: 'eve', age: 1, tags: ['x'], settings: { deep: { theme: 'x' } }, scores: { '2024': 1 } }),
  replacement: () => ({ username: 'eve', age: 1, tags: ['x'], settings: { a: [1] }, scores: { '2024': 1 } }),
  stages: () => [{ $match: { username: 'ada' } }, { $project: { username: 1, x: { $ifNull: ['$age', 0] } } }],
  populate: () => ({
    crew: { from: 'teams', localField: 'team', foreignField: 'number', projection: ['title'], justOne: true },
  }),
};
