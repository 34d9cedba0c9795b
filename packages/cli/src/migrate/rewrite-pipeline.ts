import { bare, entriesOf, Node } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import { chooseProjection } from './read-projection-for.ts';
import { opEdits } from './rewrite-filter.ts';
import type { ViewFacts } from './view-facts.ts';
import { replace } from './edit.ts';

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

/** Adds `op()` in each `$match`, and a `$project` at the end if there is none; removes a `$project` with only `_id: 0` at the end. */
export function rewritePipeline(call: DriverCall, view: ViewFacts, index: NameIndex): RewrittenPipeline {
  const [pipeline] = call.arguments;
  const list = pipeline === undefined ? undefined : bare(pipeline);
  if (!Node.isArrayLiteralExpression(list))
    throw new CannotMigrate('the pipeline comes in a variable: write its stages here');
  const stages = list.getElements().map((element) => {
    const stage = bare(element);
    const [entry, ...more] = Node.isObjectLiteralExpression(stage) ? entriesOf(stage) : [];
    if (entry?.key === undefined || more.length > 0)
      throw new CannotMigrate('a stage of the pipeline comes in a variable: write it here');
    if (UNKNOWN.has(entry.key)) throw new CannotMigrate(`the library has no stage '${entry.key}'`);
    return { name: entry.key, value: bare(entry.value) };
  });
  const edits: Edit[] = [];
  for (const { name, value } of stages) {
    if (name !== '$match') continue;
    if (!Node.isObjectLiteralExpression(value)) throw new CannotMigrate('the filter of a $match comes in a variable');
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
  const maker = stages.findLast(({ name }) => !PASSING.has(name));
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
