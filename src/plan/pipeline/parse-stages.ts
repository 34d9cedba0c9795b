import { append } from '../../input/append.ts';
import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import type { Emitted } from '../emit.ts';
import type { ParsedStage, ParsedStages, ParseStage, StageContext } from './stage.ts';
import { addFields } from './stages/add-fields.ts';
import { bucket, bucketAuto } from './stages/bucket.ts';
import { facet } from './stages/facet.ts';
import { limit, match, sample, skip, sort } from './stages/filter-stages.ts';
import { count, group, sortByCount } from './stages/group.ts';
import { lookup } from './stages/lookup.ts';
import { project, unset } from './stages/project.ts';
import { replaceRoot, replaceWith } from './stages/replace-root.ts';
import { setWindowFields } from './stages/set-window-fields.ts';
import { unwind } from './stages/unwind.ts';
import type { StageName } from '../../grammar/stages.ts';

/** The stages, each with its parser. Other stages are refused, at any depth. */
const PARSERS = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $sample: sample,
  $project: project,
  $addFields: addFields('$addFields'),
  $set: addFields('$set'),
  $unset: unset,
  $group: group,
  $count: count,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $facet: facet,
  $unwind: unwind,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $setWindowFields: setWindowFields,
  $lookup: lookup,
} satisfies Record<StageName, ParseStage>;

const STAGES: ReadonlyMap<string, ParseStage> = new Map(Object.entries(PARSERS));

/** Parses stages one by one, each against the documents after the previous stage. */
export function parseStages(stages: readonly InputCopy[], context: StageContext): ParsedStages {
  const emitted: Emitted[] = [];
  let { shape } = context;
  for (const stage of stages) {
    const parsed = parseStage(stage, { ...context, shape });
    append(emitted, parsed.emitted);
    shape = parsed.shape;
  }
  return { emitted, shape };
}

/** Parses one stage against the documents after the previous stage. */
export function parseStage(stage: InputCopy, context: StageContext): ParsedStage {
  const { call, notes } = context;
  const [name, operand] = readStage(stage, call);
  const parse = STAGES.get(name) ?? refuseStage(name, call);
  notes.countStages(1);
  const parsed = parse(operand, context);
  notes.countFields(parsed.shape, parsed.shape === context.shape ? 0 : parsed.shape.fields.size);
  return parsed;
}

/** The name and the operand of a stage. */
export function readStage(stage: InputCopy, call: CallContext): readonly [name: string, operand: InputCopy] {
  const [entry, ...others] = isInputObject(stage) ? Object.entries(stage) : [];
  if (entry !== undefined && others.length === 0) return entry;
  return call.refuse('pipeline_stage', 'A stage must be an object with one key: { $match: … }.');
}

function refuseStage(name: string, call: CallContext): never {
  return call.refuse(
    'pipeline_stage',
    `${quote(name)} is not an allowed stage. The allowed stages are ${[...STAGES.keys()].join(', ')}.`,
    name,
  );
}
