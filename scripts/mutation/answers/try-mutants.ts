import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { MongoClient, type Db } from 'mongodb';

import { coveredBy, isCovered } from './covered.ts';
import { MutatedLibrary, type Answering } from './mutated-library.ts';
import { MORE_ON_LOADING, MOST, type Baseline, type KnownCall, type Question, type Verdict } from './messages.ts';

/**
 * A process that tries mutants: each is noticed by the first call whose answer is another one. It is a process of its own, because a mutant can run forever.
 * Its arguments are the bundle, the root of the project, the server, and the file of the baseline.
 */
const [bundle = '', root = '', uri = '', baselineFile = ''] = process.argv.slice(2);

/** A call that waits longer would wait forever. */
const LONGEST = 3_000;

/** A call of the baseline, with the bits of the mutants that it ran. */
type ReadCall = Omit<KnownCall, 'covered'> & { readonly bits: Buffer };

interface Known {
  readonly calls: readonly ReadCall[];
  readonly onLoading: ReadonlySet<number>;
}

const client = await MongoClient.connect(uri, { monitorCommands: true });
const library = await MutatedLibrary.open(bundle, root);
let known: Known | undefined;
/** The database of each list, whose documents are stored. */
const databases = new Map<number, Db>();

process.on('message', (question: Question) => void answer(question));
process.on('disconnect', () => void close());
process.send?.('ready');

async function answer(question: Question): Promise<void> {
  process.send?.('baseline' in question ? await makeBaseline() : await tryMutant(question.mutant));
}

async function close(): Promise<void> {
  for (const db of databases.values()) await db.dropDatabase();
  process.exit();
}

async function makeBaseline(): Promise<Baseline> {
  const { result: answering, covered: onLoading } = library.loadCovering();
  const calls: KnownCall[] = [];
  for (const [list, { calls: sources }] of answering.LISTS.entries())
    for (const source of sources) {
      const { result, covered } = await library.covering(async () => await answerOf(answering, list, source));
      const again = await answerOf(answering, list, source);
      if (again !== result) throw new Error(`The answer is not the same twice: ${source}\n${result}\n${again}`);
      calls.push({ list, source, answer: result, does: whatDoes(result), covered: coveredBy(covered) });
    }
  return { calls, onLoading };
}

async function readBaseline(): Promise<Known> {
  const { calls, onLoading } = JSON.parse(await readFile(baselineFile, 'utf8')) as Baseline;
  return {
    calls: calls.map(({ covered, ...call }) => ({ ...call, bits: Buffer.from(covered, 'base64') })),
    onLoading: new Set(onLoading),
  };
}

async function tryMutant(mutant: string): Promise<Verdict> {
  known ??= await readBaseline();
  const calls = callsFor(Number(mutant), known);
  if (calls.length === 0) return { mutant, status: 'NoCoverage' };
  const answering = loadedWith(mutant);
  if (answering === undefined) return { mutant, status: 'Killed', by: 'loading' };
  for (const { list, source, answer: right } of calls) {
    const found = await answerOf(answering, list, source).catch(String);
    if (found !== right) return { mutant, status: 'Killed', by: source };
  }
  return { mutant, status: 'Survived' };
}

function loadedWith(mutant: string): Answering | undefined {
  try {
    return library.load(mutant);
  } catch {
    return undefined;
  }
}

/** What a call does, seen by its commands. */
function whatDoes(text: string): KnownCall['does'] {
  if (!text.startsWith('>')) return 'sends nothing';
  return /^> \{"(?:insert|update|delete|findAndModify)"/m.test(text) ? 'writes' : 'reads';
}

/** The calls that run the code of a mutant. If it runs on loading, any other call may notice it too. */
function callsFor(mutant: number, { calls, onLoading }: Known): readonly ReadCall[] {
  const isOfLoading = onLoading.has(mutant);
  const own = calls.filter(({ bits }) => isCovered(bits, mutant));
  const others = isOfLoading ? calls.filter(({ bits }) => !isCovered(bits, mutant)) : [];
  return Object.entries(MOST).flatMap(([does, most]) => {
    const isAlike = (call: ReadCall): boolean => call.does === does;
    const tried = [...ordered(own.filter(isAlike), mutant), ...ordered(others.filter(isAlike), mutant)];
    return tried.slice(0, isOfLoading ? most * MORE_ON_LOADING : most);
  });
}

/** Mutants of one file have numbers next to each other. */
const NEAR = 80;

/** Calls that run much of the code around a mutant first, and of those that run equally much only some: they are likely alike. */
function ordered(calls: readonly ReadCall[], mutant: number): readonly ReadCall[] {
  const around = Array.from({ length: 2 * NEAR + 1 }, (_, at) => mutant - NEAR + at).filter((id) => id >= 0);
  const before = new Map<string, number>();
  const placed = calls.map((call) => {
    const near = around.filter((id) => isCovered(call.bits, id)).length;
    const kind = `${call.list} ${near}`;
    const rank = before.get(kind) ?? 0;
    before.set(kind, rank + 1);
    return { call, near, rank };
  });
  return placed.toSorted((one, other) => one.rank - other.rank || other.near - one.near).map(({ call }) => call);
}

async function answerOf({ LISTS, Recorder }: Answering, number: number, source: string): Promise<string> {
  const list = LISTS[number];
  if (list === undefined) throw new Error(`There is no list ${number}.`);
  const db = databases.get(number) ?? client.db(`mutants_${process.pid}_${number}`);
  if (!databases.has(number)) await list.world.store(db);
  databases.set(number, db);
  const recorder = new Recorder(client, db);
  try {
    return await withinTime(recorder.answer(source, list.world));
  } finally {
    recorder.stop();
  }
}

async function withinTime(answered: Promise<string>): Promise<string> {
  const stopping = new AbortController();
  const tooLong = pause(LONGEST, 'It takes too long.', { signal: stopping.signal });
  return await Promise.race([answered, tooLong]).finally(() => stopping.abort());
}
