/** The methods of the pipeline builder, each with the stage that it adds. */
export const STAGE_METHODS = {
  match: '$match',
  sort: '$sort',
  limit: '$limit',
  skip: '$skip',
  sample: '$sample',
  project: '$project',
  addFields: '$addFields',
  set: '$set',
  unset: '$unset',
  group: '$group',
  count: '$count',
  sortByCount: '$sortByCount',
  bucket: '$bucket',
  bucketAuto: '$bucketAuto',
  facet: '$facet',
  unwind: '$unwind',
  replaceRoot: '$replaceRoot',
  replaceWith: '$replaceWith',
  setWindowFields: '$setWindowFields',
  lookup: '$lookup',
} as const;

/** The stages that a pipeline may have. */
export type StageName = (typeof STAGE_METHODS)[keyof typeof STAGE_METHODS];

/** The stages that name every field of what they make, so that a pipeline may end with one. `$project` and `$facet` may: it depends on their operand. */
export const STATING_STAGES = [
  '$group',
  '$count',
  '$bucket',
  '$bucketAuto',
  '$sortByCount',
] as const satisfies readonly StageName[];

/** The stages that may follow the one which names what comes out: they leave each document as it is. */
export const KEEPING_STAGES = ['$sort', '$limit', '$skip', '$sample'] as const satisfies readonly StageName[];

export type StatingStage = (typeof STATING_STAGES)[number];
export type KeepingStage = (typeof KEEPING_STAGES)[number];
