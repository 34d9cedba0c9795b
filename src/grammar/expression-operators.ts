/** The minimum and maximum number of an operator's operands. An operand that is not in an array counts as one. */
type Arity = readonly [fewest: number, most: number];

/** Any number of operands. */
const ANY = [0, Infinity] as const;

/**
 * The expression operators whose value is always a scalar or an array of scalars, with the number of their operands. An operator that
 * is in no list of this file is refused: `$function`, `$accumulator`, `$where`, `$meta`, `$rand`, `$toHashedIndexKey`, `$bsonSize`, and
 * also `$arrayToObject` and `$setField`, because the keys of their results are not known.
 */
export const POSITIONAL = {
  // arithmetic
  $abs: [1, 1],
  $add: ANY,
  $ceil: [1, 1],
  $divide: [2, 2],
  $exp: [1, 1],
  $floor: [1, 1],
  $ln: [1, 1],
  $log: [2, 2],
  $log10: [1, 1],
  $mod: [2, 2],
  $multiply: ANY,
  $pow: [2, 2],
  $round: [1, 2],
  $sqrt: [1, 1],
  $subtract: [2, 2],
  $trunc: [1, 2],
  // comparison and logic
  $and: ANY,
  $or: ANY,
  $not: [1, 1],
  $cmp: [2, 2],
  $eq: [2, 2],
  $gt: [2, 2],
  $gte: [2, 2],
  $lt: [2, 2],
  $lte: [2, 2],
  $ne: [2, 2],
  // strings
  $concat: ANY,
  $indexOfBytes: [2, 4],
  $indexOfCP: [2, 4],
  $split: [2, 2],
  $strLenBytes: [1, 1],
  $strLenCP: [1, 1],
  $strcasecmp: [2, 2],
  $substr: [3, 3],
  $substrBytes: [3, 3],
  $substrCP: [3, 3],
  $toLower: [1, 1],
  $toUpper: [1, 1],
  // types
  $isNumber: [1, 1],
  $toBool: [1, 1],
  $toDate: [1, 1],
  $toDecimal: [1, 1],
  $toDouble: [1, 1],
  $toInt: [1, 1],
  $toLong: [1, 1],
  $toObjectId: [1, 1],
  $toString: [1, 1],
  $type: [1, 1],
  // arrays and sets
  $allElementsTrue: [1, 1],
  $anyElementTrue: [1, 1],
  $in: [2, 2],
  $indexOfArray: [2, 4],
  $isArray: [1, 1],
  $range: [2, 3],
  $setEquals: [2, Infinity],
  $setIsSubset: [2, 2],
  $size: [1, 1],
  // accumulators over the elements of an array
  $avg: ANY,
  $stdDevPop: ANY,
  $stdDevSamp: ANY,
  $sum: ANY,
  // parts of a date
  $dayOfMonth: [1, 1],
  $dayOfWeek: [1, 1],
  $dayOfYear: [1, 1],
  $hour: [1, 1],
  $isoDayOfWeek: [1, 1],
  $isoWeek: [1, 1],
  $isoWeekYear: [1, 1],
  $millisecond: [1, 1],
  $minute: [1, 1],
  $month: [1, 1],
  $second: [1, 1],
  $week: [1, 1],
  $year: [1, 1],
} as const satisfies Readonly<Record<string, Arity>>;

/** Operators whose value is one of their operands or an element of one. Its shape is the merged shape of all operands. */
export const MERGING = {
  $concatArrays: ANY,
  $ifNull: [2, Infinity],
  $max: ANY,
  $min: ANY,
  $reverseArray: [1, 1],
  $setDifference: [2, 2],
  $setIntersection: ANY,
  $setUnion: ANY,
} as const satisfies Readonly<Record<string, Arity>>;

/** Operators whose value is an element or a part of their first operand, or missing if out of range. */
export const FIRST_OPERAND = {
  $arrayElemAt: [2, 2],
  $first: [1, 1],
  $last: [1, 1],
  $slice: [2, 3],
} as const satisfies Readonly<Record<string, Arity>>;

/** Operators that take an object of named operands, each an expression: all names, and the required ones. */
export const NAMED = {
  $trim: { names: ['input', 'chars'], required: ['input'] },
  $ltrim: { names: ['input', 'chars'], required: ['input'] },
  $rtrim: { names: ['input', 'chars'], required: ['input'] },
  $replaceOne: { names: ['input', 'find', 'replacement'], required: ['input', 'find', 'replacement'] },
  $replaceAll: { names: ['input', 'find', 'replacement'], required: ['input', 'find', 'replacement'] },
  $regexMatch: { names: ['input', 'regex', 'options'], required: ['input', 'regex'] },
  $dateAdd: { names: ['startDate', 'unit', 'amount', 'timezone'], required: ['startDate', 'unit', 'amount'] },
  $dateSubtract: { names: ['startDate', 'unit', 'amount', 'timezone'], required: ['startDate', 'unit', 'amount'] },
  $dateDiff: {
    names: ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'],
    required: ['startDate', 'endDate', 'unit'],
  },
  $dateTrunc: { names: ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'], required: ['date', 'unit'] },
  $dateToString: { names: ['date', 'format', 'timezone', 'onNull'], required: ['date'] },
  $dateFromString: { names: ['dateString', 'format', 'timezone', 'onError', 'onNull'], required: ['dateString'] },
  $dateFromParts: {
    names: [
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
      'millisecond',
      'timezone',
      'isoWeekYear',
      'isoWeek',
      'isoDayOfWeek',
    ],
    required: [],
  },
  $convert: { names: ['input', 'to', 'onError', 'onNull'], required: ['input', 'to'] },
} as const satisfies Readonly<
  Record<string, { readonly names: readonly string[]; readonly required: readonly string[] }>
>;

/** Operators that bind variables for an expression inside them. */
export const BINDING = ['$let', '$map', '$filter', '$reduce'] as const;

export type BindingOperator = (typeof BINDING)[number];

/** Operators whose operands or value need a special rule. */
export const SPECIAL = [
  '$literal',
  '$cond',
  '$switch',
  '$mergeObjects',
  '$objectToArray',
  '$getField',
  '$sortArray',
  '$zip',
  '$firstN',
  '$lastN',
  '$maxN',
  '$minN',
  '$regexFind',
  '$regexFindAll',
  '$dateToParts',
] as const;

export type SpecialOperator = (typeof SPECIAL)[number];

/** The operators that an expression may use. */
export type ExpressionOperator =
  | keyof typeof POSITIONAL
  | keyof typeof MERGING
  | keyof typeof FIRST_OPERAND
  | keyof typeof NAMED
  | BindingOperator
  | SpecialOperator;

/** Operators that use numbers or count elements, and ignore all other stored values. */
export const COUNTING = [
  '$sum',
  '$avg',
  '$stdDevPop',
  '$stdDevSamp',
  '$size',
  '$isArray',
] as const satisfies readonly (keyof typeof POSITIONAL)[];
