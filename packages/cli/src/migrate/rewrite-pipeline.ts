import { bare, entriesOf, entryOf, followResult, Node } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import { replace } from './edit.ts';
import { inlined } from './inline.ts';
import { chooseProjection } from './read-projection-for.ts';
import { opEdits } from './rewrite-filter.ts';
import type { ViewFacts } from './view-facts.ts';

export interface RewrittenPipeline {
  readonly text: string;
  readonly usesOp: boolean;
  readonly mark: string | undefined;
}

const UNKNOWN = new Set([
  '$out',
  '$merge',
  '$unionWith',
  '$graphLookup',
  '$redact',
  '$documents',
  '$collStats',
  '$indexStats',
  '$search',
  '$searchMeta',
  '$geoNear',
  '$fill',
  '$densify',
  '$changeStream',
]);
/** Stages that do not change documents. */
const PASSING = new Set(['$match', '$sort', '$limit', '$skip', '$sample', '$unwind']);

/** Stages that add to documents. */
const ADDING = new Set(['$lookup', '$addFields', '$set']);

/** Adds `op()` in each `$match`, and a `$project` at the end if there is none; removes a `$project` with only `_id: 0` at the end. */
export function rewritePipeline(call: DriverCall, view: ViewFacts, index: NameIndex): RewrittenPipeline {
  const [pipeline] = call.arguments;
  const given = pipeline === undefined ? undefined : bare(pipeline);
  const list = given === undefined ? undefined : (inlined(given) ?? given);
  if (!Node.isArrayLiteralExpression(list))
    throw new CannotMigrate('the pipeline is in a variable: write its stages here');
  const stages = list.getElements().map((element) => {
    const stage = bare(element);
    const [entry, ...more] = Node.isObjectLiteralExpression(stage) ? entriesOf(stage) : [];
    if (entry?.key === undefined || more.length > 0)
      throw new CannotMigrate('a stage of the pipeline is in a variable: write it here');
    if (UNKNOWN.has(entry.key)) throw new CannotMigrate(`the library has no stage '${entry.key}'`);
    return { name: entry.key, value: bare(entry.value) };
  });
  const edits: Edit[] = [];
  for (const { name, value } of stages) {
    if (name !== '$match') continue;
    if (!Node.isObjectLiteralExpression(value)) throw new CannotMigrate('the filter of a $match is in a variable');
    edits.push(...entriesOf(value).flatMap((entry) => opEdits(entry, '')));
  }
  const last = stages.at(-1);
  if (last?.name === '$project') return { text: textWith(list, edits), usesOp: edits.length > 0, mark: undefined };
  const { text: stage, mark } = lastProject(call, stages, view, index);
  const element = list.getElements().at(-1);
  if (element === undefined) throw new CannotMigrate('the pipeline has no stage');
  const isLong = list.getText().includes('\n');
  const indent = isLong ? `,\n${' '.repeat(element.getStart() - element.getStartLinePos())}` : ', ';
  return {
    text: textWith(list, [...edits, { ...replace(element, ''), start: element.getEnd(), text: `${indent}${stage}` }]),
    usesOp: edits.length > 0,
    mark,
  };
}

interface Stage {
  readonly name: string;
  readonly value: Node;
}

/** The last `$project`: the fields of the last stage that makes new ones or, without such a stage, the fields that the code reads. */
function lastProject(call: DriverCall, stages: readonly Stage[], view: ViewFacts, index: NameIndex) {
  const maker = stages.findLast(({ name }) => !PASSING.has(name) && !ADDING.has(name));
  const added = stages.slice(maker === undefined ? 0 : stages.indexOf(maker)).flatMap((stage) => addedBy(stage));
  if (added.length > 0) return projectWith(added, maker, call, view, index);
  if (maker === undefined) {
    const { text, mark } = chooseProjection(call, view, index);
    if (!text.startsWith('projection: {'))
      throw new CannotMigrate('the whole document is passed on here, and the pipeline has no $project: add one');
    return { text: `{ $project: ${text.replace(/^projection: /, '')} }`, mark };
  }
  const keys = madeBy(maker);
  if (keys === undefined)
    throw new CannotMigrate(`the fields after '${maker.name}' are not known: end the pipeline with a $project`);
  return { text: `{ $project: { ${keys.map((key) => `${keyOf(key)}: 1`).join(', ')} } }`, mark: undefined };
}

/** The fields after stages that add some: those that the code reads, or all if the document is passed on. */
function projectWith(
  added: readonly string[],
  maker: Stage | undefined,
  call: DriverCall,
  view: ViewFacts,
  index: NameIndex,
) {
  const made = maker === undefined ? Object.keys(view.returns) : madeBy(maker);
  if (made === undefined)
    throw new CannotMigrate(`the fields after '${maker?.name}' are not known: end the pipeline with a $project`);
  const { paths, exits } = followResult(call, index);
  const isWhole = exits.some(({ path }) => path === '');
  const isAdded = (path: string) => added.some((one) => path === one || path.startsWith(`${one}.`));
  const read = [...new Set(paths)].filter((path) => isAdded(path) || made.some((one) => isAround(one, path)));
  const unknown = paths.find((path) => !read.includes(path));
  if (!isWhole && unknown !== undefined)
    throw new CannotMigrate(`the code reads '${unknown}', which the pipeline does not return unchanged from the view`);
  const kept = isWhole ? [...made.filter((one) => !isAdded(one)), ...new Set(added)] : read;
  if (kept.length === 0) throw new CannotMigrate('the code reads nothing of what the pipeline makes');
  const apart = kept.filter((path) => !kept.some((other) => path.startsWith(`${other}.`)));
  return {
    text: `{ $project: { ${apart.map((key) => `${keyOf(key)}: 1`).join(', ')} } }`,
    mark: isWhole ? `whole documents are passed on here, so all fields are projected: name what is needed` : undefined,
  };
}

function isAround(one: string, path: string): boolean {
  return one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`);
}

/** The names that a stage adds to a document. */
function addedBy({ name, value }: Stage): readonly string[] {
  if (name !== '$lookup') return ADDING.has(name) ? keysOf(value).map((key) => key.split('.')[0] ?? key) : [];
  const as = Node.isObjectLiteralExpression(value) ? entryOf(value, 'as') : undefined;
  if (!Node.isStringLiteral(as)) throw new CannotMigrate('the `as` of a $lookup is not a literal');
  return [as.getLiteralValue()];
}

function madeBy({ name, value }: Stage): readonly string[] | undefined {
  if (name === '$count' && Node.isStringLiteral(value)) return [value.getLiteralValue()];
  if (name === '$sortByCount') return ['_id', 'count'];
  if (!Node.isObjectLiteralExpression(value)) return undefined;
  if (name === '$bucket' || name === '$bucketAuto') {
    const output = entriesOf(value).find(({ key }) => key === 'output')?.value;
    if (output === undefined) return ['_id', 'count'];
    return Node.isObjectLiteralExpression(output) ? ['_id', ...keysOf(output)] : undefined;
  }
  if (name === '$facet') return keysOf(value);
  if (name === '$project') {
    const entries = entriesOf(value);
    return entries.some(({ key }) => key === undefined)
      ? undefined
      : entries.flatMap(({ key = '', value: mark }) => (/^(?:0|false)$/.test(mark.getText()) ? [] : [key]));
  }
  if (name !== '$group') return undefined;
  const id = entriesOf(value).find(({ key }) => key === '_id')?.value;
  const keys = keysOf(value);
  return id?.getText() === 'null' ? keys.filter((key) => key !== '_id') : keys;
}

function keysOf(object: Node): readonly string[] {
  return Node.isObjectLiteralExpression(object) ? entriesOf(object).flatMap(({ key }) => key ?? []) : [];
}
