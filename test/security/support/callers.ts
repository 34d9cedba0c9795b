/** A part of a call that a form writes. The caller fills in the other parts. */
export type Part =
  | 'filter'
  | 'projection'
  | 'sort'
  | 'key'
  | 'update'
  | 'arrayFilters'
  | 'upsert'
  | 'document'
  | 'replacement'
  | 'stages'
  | 'populate'
  /** For a method that takes no path. */
  | 'nothing';

/** The source text of parts. */
export type Parts = Readonly<Partial<Record<Part, string>>>;

/** Rules differ by what a method does: a stream and a page allow less than a read, trusted code more. */
export type CallerKind = 'read' | 'pipeline' | 'page' | 'stream' | 'write' | 'replace' | 'privileged';

/** A way to call one method. Its source is the body of an async function with the collection `C`, or the privileged `P`. */
export interface Caller {
  readonly name: string;
  /** The member of the manifest that it calls. */
  readonly method: string;
  readonly kind: CallerKind;
  readonly takes: readonly Part[];
  /** Whether only JavaScript can call it like this: the types need each step written out. */
  readonly isLoose?: boolean;
  source(parts: Parts): string;
}

const FILTER = `{ username: 'bob' }`;
const PROJECTION = `{ username: 1 }`;
const UPDATE = `{ $set: { age: 41 } }`;
const DOCUMENT = `{ username: 'eve', age: 29, tags: ['new'], settings: { theme: 'new' }, scores: { '2024': 1 } }`;
const SET = `trusted({ set: { tenant: 'acme', team: 1 } })`;
const EMPTIED = `trusted: trusted({ set: { addresses: [] } })`;
const CREW = `{ from: 'teams', localField: 'team', foreignField: 'number', projection: ['title'], justOne: true }`;

/** The options of a read, with those of the parts that are given. */
function shown(parts: Parts, ...more: readonly string[]): string {
  const options = [`projection: ${parts.projection ?? PROJECTION}`];
  if (parts.sort !== undefined) options.push(`sort: ${parts.sort}`);
  return `{ ${[...options, ...more].join(', ')} }`;
}

const filterOf = (parts: Parts, otherwise = '{}'): string => parts.filter ?? otherwise;

const KINDS: Readonly<Record<string, CallerKind>> = {
  paginate: 'page',
  watch: 'stream',
  consume: 'stream',
  aggregate: 'pipeline',
  pipeline: 'pipeline',
};

function read(name: string, source: (parts: Parts) => string, ...takes: readonly Part[]): Caller {
  const method = name.split(' ')[0] as string;
  return { name, method, kind: KINDS[method] ?? 'read', takes, source };
}

const find = (parts: Parts): string => `C.find(${filterOf(parts)}, ${shown(parts)})`;

const FOUND = ['filter', 'projection', 'sort'] as const;

/** Every method that reads, and every way to read a cursor. */
const READS: readonly Caller[] = [
  read('find', (parts) => `return await ${find(parts)}.toArray();`, ...FOUND),
  read('find by next', (parts) => `await using cursor = ${find(parts)}; return await cursor.next();`, ...FOUND),
  read(
    'find by hasNext',
    (parts) => `await using cursor = ${find(parts)}; return [await cursor.hasNext(), await cursor.next()];`,
    ...FOUND,
  ),
  read(
    'find by forEach',
    (parts) => `const all: unknown[] = []; await ${find(parts)}.forEach((each) => { all.push(each); }); return all;`,
    ...FOUND,
  ),
  read(
    'find by a loop',
    (parts) => `const all: unknown[] = []; for await (const each of ${find(parts)}) all.push(each); return all;`,
    ...FOUND,
  ),
  read('find by stream', (parts) => `return await ${find(parts)}.stream().toArray();`, ...FOUND),
  read('find by map', (parts) => `return await ${find(parts)}.map((each) => [each]).toArray();`, ...FOUND),
  read('find by json', (parts) => `return (await ${find(parts)}.json()).text();`, ...FOUND),
  read(
    'find by jsonStream',
    (parts) => `return await textOf(${find(parts)}.jsonStream({ format: 'ndjson' }));`,
    ...FOUND,
  ),
  read(
    'find by cursor.sort',
    (parts) => `return await ${find({ filter: filterOf(parts) })}.sort(${parts.sort}).toArray();`,
    'sort',
  ),
  read('findOne', (parts) => `return await C.findOne(${filterOf(parts)}, ${shown(parts)});`, ...FOUND),
  read('findJson', (parts) => `return (await C.findJson(${filterOf(parts)}, ${shown(parts)})).text();`, ...FOUND),
  read(
    'findOneJson',
    (parts) => `return (await C.findOneJson(${filterOf(parts)}, ${shown(parts)}))?.text();`,
    ...FOUND,
  ),
  read('paginate', (parts) => `return await C.paginate(${filterOf(parts)}, ${shown(parts, 'limit: 2')});`, ...FOUND),
  read('exists', (parts) => `return await C.exists(${filterOf(parts)});`, 'filter'),
  read('countDocuments', (parts) => `return await C.countDocuments(${filterOf(parts)});`, 'filter'),
  read(
    'distinct',
    (parts) => `return await C.distinct(${parts.key ?? `'tags'`}, ${filterOf(parts)});`,
    'key',
    'filter',
  ),
  read(
    'aggregate',
    (parts) =>
      `return await C.aggregate([${parts.stages ?? `{ $match: ${filterOf(parts)} }, { $project: ${parts.projection ?? PROJECTION} }`}]).toArray();`,
    'filter',
    'stages',
  ),
  read('aggregate by json', (parts) => `return (await C.aggregate([${parts.stages}]).json()).text();`, 'stages'),
  read(
    'pipeline',
    (parts) => `return await C.pipeline().match(${filterOf(parts)}).project({ username: 1 }).toArray();`,
    'filter',
  ),
  {
    ...read('pipeline by steps', (parts) => `return await built(C.pipeline(), [${parts.stages}]).toArray();`, 'stages'),
    isLoose: true,
  },
  read('estimatedDocumentCount', () => `return await C.estimatedDocumentCount();`, 'nothing'),
  read(
    'findPopulated',
    (parts) =>
      `return await C.findPopulated(${filterOf(parts)}, ${shown(parts, `populate: ${parts.populate ?? `{ crew: ${CREW} }`}`)}).toArray();`,
    ...FOUND,
    'populate',
  ),
  read(
    'watch',
    (parts) => `return await changesOf(C.watch(${filterOf(parts)}, ${shown(parts)}));`,
    'filter',
    'projection',
  ),
  read(
    'consume',
    (parts) =>
      `const { signal, seen, until } = consumer(); return await until(C.consume(${filterOf(parts)}, ${shown(parts, `group: GROUP`, 'signal')}, seen));`,
    'filter',
    'projection',
  ),
];

/** How a filter, an update and their options become a call. */
interface WriteParts {
  readonly filter: string;
  readonly options: readonly string[];
}

function write(name: string, takes: readonly Part[], source: (parts: Parts, write: WriteParts) => string): Caller {
  return {
    name,
    method: name.split(/[ .]/)[0] as string,
    kind: takes.includes('replacement') ? 'replace' : 'write',
    takes,
    source(parts) {
      const options: string[] = [];
      if (parts.arrayFilters !== undefined) options.push(`arrayFilters: ${parts.arrayFilters}`);
      if (parts.upsert !== undefined) options.push('upsert: true');
      return source(parts, { filter: parts.upsert ?? filterOf(parts, FILTER), options });
    },
  };
}

const optional = (options: readonly string[]): string => (options.length === 0 ? '' : `, { ${options.join(', ')} }`);
const listed = (options: readonly string[]): string => options.map((option) => `, ${option}`).join('');

/** The steps of a bulk builder between `find()` and its last method. */
function steps({ options }: WriteParts, parts: Parts): string {
  const upsert = options.includes('upsert: true') ? '.upsert()' : '';
  return parts.arrayFilters === undefined ? upsert : `${upsert}.arrayFilters(${parts.arrayFilters})`;
}

function builder(start: string, last: 'update' | 'updateOne' | 'replaceOne' | 'delete' | 'deleteOne'): Caller {
  const takes: readonly Part[] =
    last === 'replaceOne'
      ? ['filter', 'replacement', 'upsert']
      : last.startsWith('delete')
        ? ['filter']
        : ['filter', 'update', 'arrayFilters', 'upsert'];
  return write(`${start}.${last}`, takes, (parts, call) => {
    const replaced = `${parts.replacement ?? DOCUMENT}, { ${EMPTIED} }`;
    const change = last === 'replaceOne' ? replaced : last.startsWith('delete') ? '' : (parts.update ?? UPDATE);
    return `return await C.${start}().find(${call.filter})${steps(call, parts)}.${last}(${change}).execute();`;
  });
}

const UPDATED = ['filter', 'update', 'arrayFilters', 'upsert'] as const;

/** Every method that writes, every model of a bulk, and every way through the bulk builders. */
const WRITES: readonly Caller[] = [
  write('insertOne', ['document', 'projection'], (parts) => {
    const projection = parts.projection === undefined ? '' : `, projection: ${parts.projection}`;
    return `return await C.insertOne(${parts.document ?? DOCUMENT}, { trusted: ${SET}${projection} });`;
  }),
  write('insertMany', ['document', 'projection'], (parts) => {
    const projection = parts.projection === undefined ? '' : `, projection: ${parts.projection}`;
    return `return await C.insertMany([${parts.document ?? DOCUMENT}], { trusted: ${SET}${projection} });`;
  }),
  ...(['updateOne', 'updateMany'] as const).map((method) =>
    write(
      method,
      UPDATED,
      (parts, { filter, options }) =>
        `return await C.${method}(${filter}, ${parts.update ?? UPDATE}${optional(options)});`,
    ),
  ),
  write(
    'replaceOne',
    ['filter', 'replacement', 'upsert'],
    (parts, { filter, options }) =>
      `return await C.replaceOne(${filter}, ${parts.replacement ?? DOCUMENT}, { ${[EMPTIED, ...options].join(', ')} });`,
  ),
  ...(['deleteOne', 'deleteMany'] as const).map((method) =>
    write(method, ['filter'], (_, { filter }) => `return await C.${method}(${filter});`),
  ),
  write(
    'findOneAndUpdate',
    [...UPDATED, 'projection', 'sort'],
    (parts, { filter, options }) =>
      `return await C.findOneAndUpdate(${filter}, ${parts.update ?? UPDATE}, ${shown(parts, ...options)});`,
  ),
  write(
    'findOneAndReplace',
    ['filter', 'replacement', 'upsert', 'projection', 'sort'],
    (parts, { filter, options }) =>
      `return await C.findOneAndReplace(${filter}, ${parts.replacement ?? DOCUMENT}, ${shown(parts, EMPTIED, ...options)});`,
  ),
  write(
    'findOneAndDelete',
    ['filter', 'projection', 'sort'],
    (parts, { filter }) => `return await C.findOneAndDelete(${filter}, ${shown(parts)});`,
  ),
  write(
    'bulkWrite of insertOne',
    ['document'],
    (parts) =>
      `return await C.bulkWrite([{ insertOne: { document: ${parts.document ?? DOCUMENT}, trusted: ${SET} } }]);`,
  ),
  ...(['updateOne', 'updateMany'] as const).map((model) =>
    write(
      `bulkWrite of ${model}`,
      UPDATED,
      (parts, { filter, options }) =>
        `return await C.bulkWrite([{ ${model}: { filter: ${filter}, update: ${parts.update ?? UPDATE}${listed(options)} } }]);`,
    ),
  ),
  write(
    'bulkWrite of replaceOne',
    ['filter', 'replacement', 'upsert'],
    (parts, { filter, options }) =>
      `return await C.bulkWrite([{ replaceOne: { filter: ${filter}, replacement: ${parts.replacement ?? DOCUMENT}${listed([EMPTIED, ...options])} } }]);`,
  ),
  ...(['deleteOne', 'deleteMany'] as const).map((model) =>
    write(
      `bulkWrite of ${model}`,
      ['filter'],
      (_, { filter }) => `return await C.bulkWrite([{ ${model}: { filter: ${filter} } }], { ordered: false });`,
    ),
  ),
  ...(['initializeOrderedBulkOp', 'initializeUnorderedBulkOp'] as const).flatMap((start) => [
    write(
      `${start}.insert`,
      ['document'],
      (parts) => `return await C.${start}().insert(${parts.document ?? DOCUMENT}, { trusted: ${SET} }).execute();`,
    ),
    ...(['update', 'updateOne', 'replaceOne', 'delete', 'deleteOne'] as const).map((last) => builder(start, last)),
  ]),
];

function privileged(name: string, takes: readonly Part[], source: (parts: Parts) => string): Caller {
  return { name: `privileged ${name}`, method: name.split(' ')[0] as string, kind: 'privileged', takes, source };
}

/** The reads of trusted code. */
const PRIVILEGED: readonly Caller[] = [
  privileged('find', FOUND, (parts) => `return await P.find(${filterOf(parts)}, ${shown(parts)}).toArray();`),
  privileged('findOne', FOUND, (parts) => `return await P.findOne(${filterOf(parts)}, ${shown(parts)});`),
  privileged('exists', ['filter'], (parts) => `return await P.exists(${filterOf(parts)});`),
  privileged('countDocuments', ['filter'], (parts) => `return await P.countDocuments(${filterOf(parts)});`),
  privileged(
    'distinct',
    ['key', 'filter'],
    (parts) => `return await P.distinct(${parts.key ?? `'username'`}, ${filterOf(parts)});`,
  ),
];

export const CALLERS: readonly Caller[] = [...READS, ...WRITES, ...PRIVILEGED];
