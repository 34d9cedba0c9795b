/** Expressions that are never missing or `null`. */
export interface Parts {
  readonly text: unknown;
  readonly number: unknown;
  readonly date: unknown;
  readonly list: unknown;
  readonly document: unknown;
}

/** A use of each expression operator of the grammar. */
export function operatorSamples({ text, number, date, list, document }: Parts): ReadonlyMap<string, unknown> {
  const dates = [
    '$dayOfMonth',
    '$dayOfWeek',
    '$dayOfYear',
    '$hour',
    '$isoDayOfWeek',
    '$isoWeek',
    '$isoWeekYear',
    '$millisecond',
    '$minute',
    '$month',
    '$second',
    '$week',
    '$year',
  ];
  const two = ['$add', '$subtract', '$multiply', '$cmp', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne'];
  const one = [
    '$abs',
    '$ceil',
    '$floor',
    '$exp',
    '$round',
    '$trunc',
    '$isNumber',
    '$not',
    '$toBool',
    '$toDecimal',
    '$toDouble',
    '$toInt',
    '$toLong',
    '$toString',
    '$avg',
    '$sum',
    '$stdDevPop',
    '$stdDevSamp',
    '$max',
    '$min',
    '$type',
  ];
  const positive = { $add: [{ $abs: number }, 1] };
  return new Map<string, unknown>([
    ...dates.map((name) => [name, { [name]: date }] as const),
    ...two.map((name) => [name, { [name]: [number, { $literal: 2 }] }] as const),
    ...one.map((name) => [name, { [name]: [number] }] as const),
    ...['$ln', '$log10', '$sqrt'].map((name) => [name, { [name]: positive }] as const),
    ...['$setUnion', '$setIntersection', '$setDifference', '$setEquals', '$setIsSubset', '$concatArrays'].map(
      (name) => [name, { [name]: [list, ['hot', 'b']] }] as const,
    ),
    ...['$first', '$last', '$reverseArray', '$size', '$isArray', '$allElementsTrue', '$anyElementTrue'].map(
      (name) => [name, { [name]: [list] }] as const,
    ),
    ...['$firstN', '$lastN', '$maxN', '$minN'].map((name) => [name, { [name]: { input: list, n: 2 } }] as const),
    ...['$trim', '$ltrim', '$rtrim'].map((name) => [name, { [name]: { input: text, chars: 'te' } }] as const),
    ...['$replaceOne', '$replaceAll'].map(
      (name) => [name, { [name]: { input: text, find: 'e', replacement: '-' } }] as const,
    ),
    ...['$regexMatch', '$regexFind', '$regexFindAll'].map(
      (name) => [name, { [name]: { input: text, regex: '(e)', options: 'i' } }] as const,
    ),
    ...['$toLower', '$toUpper', '$strLenBytes', '$strLenCP'].map((name) => [name, { [name]: text }] as const),
    ...['$substr', '$substrBytes', '$substrCP'].map((name) => [name, { [name]: [text, 0, 2] }] as const),
    ...['$indexOfBytes', '$indexOfCP'].map((name) => [name, { [name]: [text, 'e'] }] as const),
    ...['$dateAdd', '$dateSubtract'].map(
      (name) => [name, { [name]: { startDate: date, unit: 'day', amount: 2 } }] as const,
    ),
    ['$log', { $log: [positive, 2] }],
    ['$pow', { $pow: [positive, 2] }],
    ['$mod', { $mod: [number, 3] }],
    ['$divide', { $divide: [number, positive] }],
    ['$and', { $and: [{ $gt: [number, 1] }, true] }],
    ['$or', { $or: [{ $gt: [number, 1] }, false] }],
    ['$concat', { $concat: [text, '!'] }],
    ['$split', { $split: [text, 'e'] }],
    ['$strcasecmp', { $strcasecmp: [text, 'tea'] }],
    ['$toDate', { $toDate: number === undefined ? date : { $toLong: number } }],
    [
      '$toObjectId',
      {
        $toObjectId: {
          $concat: ['00000000000000000000000', { $substrCP: [{ $toString: { $abs: { $toInt: number } } }, 0, 1] }],
        },
      },
    ],
    ['$in', { $in: [text, list] }],
    ['$indexOfArray', { $indexOfArray: [list, 'hot'] }],
    ['$range', { $range: [0, { $min: [{ $abs: { $toInt: number } }, 5] }] }],
    ['$arrayElemAt', { $arrayElemAt: [list, 0] }],
    ['$slice', { $slice: [list, 1] }],
    ['$ifNull', { $ifNull: [text, 'none'] }],
    ['$convert', { $convert: { input: text, to: 'int', onError: -1, onNull: 0 } }],
    ['$dateDiff', { $dateDiff: { startDate: new Date(0), endDate: date, unit: 'month' } }],
    ['$dateTrunc', { $dateTrunc: { date, unit: 'month' } }],
    ['$dateToString', { $dateToString: { date, format: '%Y-%m' } }],
    ['$dateToParts', { $dateToParts: { date } }],
    ['$dateFromString', { $dateFromString: { dateString: text, onError: null } }],
    ['$dateFromParts', { $dateFromParts: { year: { $year: date }, month: { $month: date } } }],
    ['$literal', { $literal: '$text' }],
    ['$cond', { $cond: [{ $gt: [number, 2] }, text, list] }],
    ['$switch', { $switch: { branches: [{ case: { $gt: [number, 2] }, then: text }], default: document } }],
    ['$mergeObjects', { $mergeObjects: [document, { extra: text }] }],
    ['$objectToArray', { $objectToArray: document }],
    ['$getField', { $getField: { field: 'a', input: { a: text } } }],
    ['$sortArray', { $sortArray: { input: list, sortBy: -1 } }],
    ['$zip', { $zip: { inputs: [list, ['a', 'b']], useLongestLength: true } }],
    ['$let', { $let: { vars: { v: text }, in: { $concat: ['$$v', '$$v'] } } }],
    ['$map', { $map: { input: list, as: 'one', in: { $concat: ['$$one', '!'] } } }],
    ['$filter', { $filter: { input: list, cond: { $ne: ['$$this', 'hot'] }, limit: 2 } }],
    ['$reduce', { $reduce: { input: list, initialValue: '', in: { $concat: ['$$value', '$$this'] } } }],
  ]);
}

/** A use of each accumulator. */
export function accumulatorSamples({ text, number, document }: Parts, sortBy: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...['$sum', '$avg', '$stdDevPop', '$stdDevSamp', '$min', '$max'].map((name) => [name, { [name]: number }] as const),
    ...['$first', '$last', '$push'].map((name) => [name, { [name]: document }] as const),
    ...['$firstN', '$lastN', '$minN', '$maxN'].map((name) => [name, { [name]: { input: text, n: 2 } }] as const),
    ...['$top', '$bottom'].map((name) => [name, { [name]: { sortBy, output: text } }] as const),
    ...['$topN', '$bottomN'].map((name) => [name, { [name]: { sortBy, output: number, n: 2 } }] as const),
    ['$count', { $count: {} }],
    ['$addToSet', { $addToSet: 'one' }],
    ['$mergeObjects', { $mergeObjects: document }],
  ]);
}

/** A use of each window function, over documents that are sorted by one field. */
export function windowSamples({ text, number, document }: Parts): ReadonlyMap<string, unknown> {
  const window = { documents: [-2, 'current'] };
  return new Map<string, unknown>([
    ...['$sum', '$avg', '$stdDevPop', '$stdDevSamp', '$min', '$max'].map(
      (name) => [name, { [name]: number, window }] as const,
    ),
    ...['$first', '$last', '$push'].map((name) => [name, { [name]: document, window }] as const),
    ...['$rank', '$denseRank', '$documentNumber'].map((name) => [name, { [name]: {} }] as const),
    ...['$covariancePop', '$covarianceSamp'].map((name) => [name, { [name]: [number, 2], window }] as const),
    ...['$derivative', '$integral'].map(
      (name) => [name, { [name]: { input: number, unit: 'day' }, window: { documents: [-1, 0] } }] as const,
    ),
    ['$count', { $count: {}, window }],
    ['$addToSet', { $addToSet: 'one', window }],
    ['$linearFill', { $linearFill: number }],
    ['$locf', { $locf: text }],
    ['$shift', { $shift: { output: text, by: 1, default: 'none' } }],
    ['$expMovingAvg', { $expMovingAvg: { input: number, N: 2 } }],
  ]);
}
