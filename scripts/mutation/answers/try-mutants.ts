import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { MongoClient, type Db } from 'mongodb';

import { MutatedLibrary, type Answering } from './mutated-library.ts';
import { MOST, type Baseline, type KnownCall, type Question, type Verdict } from './messages.ts';

/**
 * A process that tries mutants: each is noticed by the first call whose answer is another one. It is a process of its own, because a mutant can run forever.
 * Its arguments are the bundle, the root of the project, the server, and the file of the baseline.
 */
const [bundle = '', root = '', uri = '', baselineFile = ''] = process.argv.slice(2);

/** A call that waits longer would wait forever. */
const LONGEST = 3_000;

const client = await MongoClient.connect(uri, { monitorCommands: true });
const library = await MutatedLibrary.open(bundle, root);
let baseline: Baseline | undefined;
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
      calls.push({ list, source, answer: result, does: whatDoes(result), covered });
    }
  return { calls, onLoading };
}

async function tryMutant(mutant: string): Promise<Verdict> {
  baseline ??= JSON.parse(await readFile(baselineFile, 'utf8')) as Baseline;
  const calls = callsFor(Number(mutant), baseline);
  if (calls.length === 0) return { mutant, status: 'NoCoverage' };
  const answering = loadedWith(mutant);
  if (answering === undefined) return { mutant, status: 'Killed', by: 'loading' };
  for (const { list, source, answer: known } of calls) {
    const found = await answerOf(answering, list, source).catch(String);
    if (found !== known) return { mutant, status: 'Killed', by: source };
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
function whatDoes(answer: string): KnownCall['does'] {
  if (!answer.startsWith('>')) return 'sends nothing';
  return /^> \{"(?:insert|update|delete|findAndModify)"/m.test(answer) ? 'writes' : 'reads';
}

/** The calls that run the code of a mutant, the quick ones first. If it runs on loading, any other call may notice it too. */
function callsFor(mutant: number, { calls, onLoading }: Baseline): readonly KnownCall[] {
  const own = varied(calls.filter(({ covered }) => covered.includes(mutant)));
  const known = new Set(own);
  const all = onLoading.includes(mutant) ? [...own, ...varied(calls.filter((call) => !known.has(call)))] : own;
  return Object.entries(MOST).flatMap(([does, most]) => all.filter((call) => call.does === does).slice(0, most));
}

/** Calls of different kinds first. Two calls that run equally much of the code are likely alike. */
function varied(calls: readonly KnownCall[]): readonly KnownCall[] {
  const before = new Map<string, number>();
  const ranks = calls.map(({ list, covered }) => {
    const kind = `${list} ${covered.length}`;
    const rank = before.get(kind) ?? 0;
    before.set(kind, rank + 1);
    return rank;
  });
  const order = calls.map((call, at) => [call, ranks[at] as number] as const);
  return order.toSorted(([, one], [, other]) => one - other).map(([call]) => call);
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
