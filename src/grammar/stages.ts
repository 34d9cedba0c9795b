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
