import { isInertObject, type Inert } from '../../inert/snapshot.ts';
import { noteKeys, noteReads } from './expression-reads.ts';
import { FieldSet } from './field-set.ts';

/** What stages do with the fields that the view gives them. Both sets may hold more than there is, and never less. */
export interface Usage {
  /** Fields whose stored value decides something: it is computed with, grouped or sorted by. */
  readonly read: FieldSet;
  /** Fields that have to be there beside those: they are passed on, or compared with scalars. */
  readonly kept: FieldSet;
  /** Whether a stage put the documents under other names, as `$facet` does. */
  moved: boolean;
  /** Whether a stage says which fields go on, so that the others are not needed. */
  narrowed: boolean;
}

type Note = (operand: Inert, usage: Usage, later: readonly Inert[]) => void;

const NOTHING: Note = () => undefined;
const READS: Note = noteReads;

/** After these the fields of the view are gone: what is left of them was read. */
const ENDS: ReadonlySet<string> = new Set(['$group', '$count', '$sortByCount', '$bucket', '$bucketAuto', '$replaceRoot', '$replaceWith', '$facet']);

const HEAD: ReadonlySet<string> = new Set(['$match', '$sort', '$limit', '$skip']);

const STAGES: ReadonlyMap<string, Note> = new Map<string, Note>([
  ['$match', noteMatch],
  ['$sort', noteKeys],
  ['$limit', NOTHING],
  ['$skip', NOTHING],
  ['$sample', NOTHING],
  ['$unset', NOTHING],
  ['$count', NOTHING],
  ['$project', noteProject],
  ['$unwind', noteUnwind],
  ['$lookup', noteLookup],
  ['$facet', noteFacet],
]);

/** Looks through stages, which need not be well-formed: those that are not are refused where they are parsed. */
export function usageOf(stages: readonly Inert[]): Usage {
  const usage: Usage = { read: new FieldSet(), kept: new FieldSet(), moved: false, narrowed: false };
  for (const [index, stage] of stages.entries()) {
    const [name, operand] = (isInertObject(stage) ? Object.entries(stage)[0] : undefined) ?? ['', undefined];
    (STAGES.get(name) ?? READS)(operand, usage, stages.slice(index + 1));
    if (ENDS.has(name)) usage.narrowed = true;
    if (ENDS.has(name)) break;
  }
  if (!usage.narrowed) usage.kept.addAll();
  usage.kept.addFrom(usage.read);
  return usage;
}

/** The same without the leading stages that run above the view. */
export function usageBelowHead(stages: readonly Inert[]): Usage {
  const first = stages.findIndex((stage) => !(isInertObject(stage) && Object.keys(stage).every((name) => HEAD.has(name))));
  return usageOf(first === -1 ? [] : stages.slice(first));
}

/** The usage of the documents that a `$lookup` joins: by its own pipeline, and by the stages around it under `as`. */
export function joinedUsage(stages: readonly Inert[], around: Usage, as: string): Usage {
  const own = usageBelowHead(stages);
  const read = around.read.below(as);
  const kept = own.narrowed ? own.kept : around.kept.below(as);
  own.read.addFrom(read);
  if (own.moved && !read.isEmpty) own.read.addAll();
  kept.addFrom(own.read);
  return { ...own, kept };
}

/** A filter compares with scalars alone, so of a subdocument it tells nothing. */
function noteMatch(filter: Inert, usage: Usage): void {
  if (Array.isArray(filter)) filter.forEach((each: Inert) => noteMatch(each, usage));
  if (!isInertObject(filter)) return;
  for (const [key, value] of Object.entries(filter)) {
    if (key.startsWith('$')) noteMatch(value, usage);
    else usage.kept.add(key);
  }
}

function noteProject(operand: Inert, usage: Usage): void {
  const entries = isInertObject(operand) ? Object.entries(operand) : [];
  for (const [path, mark] of entries) {
    if (mark === 1 || mark === true) usage.kept.add(path);
    else noteReads(mark, usage);
  }
  if (entries.some(([, mark]) => mark !== 0 && mark !== false)) usage.narrowed = true;
}

function noteUnwind(operand: Inert, { kept }: Usage): void {
  const path = isInertObject(operand) ? operand['path'] : operand;
  if (typeof path === 'string') kept.add(path.slice(1));
}

function noteLookup(operand: Inert, { read }: Usage): void {
  const key = isInertObject(operand) ? operand['localField'] : undefined;
  if (typeof key === 'string') read.add(key);
}

/** Whatever reads the arrays of a `$facet` reads documents under another name. */
function noteFacet(operand: Inert, usage: Usage, later: readonly Inert[]): void {
  for (const pipeline of isInertObject(operand) ? Object.values(operand) : []) {
    const inner = usageOf(Array.isArray(pipeline) ? pipeline : []);
    usage.read.addFrom(inner.read);
    usage.kept.addFrom(inner.kept);
  }
  usage.moved = true;
  if (!later.every(passesOn)) usage.read.addAll();
}

function passesOn(stage: Inert): boolean {
  const [name, operand] = (isInertObject(stage) ? Object.entries(stage)[0] : undefined) ?? ['', undefined];
  if (name === '$limit' || name === '$skip') return true;
  return name === '$project' && isInertObject(operand) && Object.values(operand).every((mark) => typeof mark === 'number' || typeof mark === 'boolean');
}
