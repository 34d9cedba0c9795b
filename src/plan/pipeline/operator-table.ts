/**
 * The expression operators whose value is always a scalar or an array of scalars, by how they take their operands. What
 * is in no table here or in `special-operators.ts` is refused: `$function`, `$accumulator`, `$where`, `$meta`, `$rand`,
 * `$toHashedIndexKey`, `$bsonSize`, and `$arrayToObject` and `$setField`, whose keys no shape could hold a result to.
 */
export const POSITIONAL: ReadonlySet<string> = new Set([
  // arithmetic
  '$abs', '$add', '$ceil', '$divide', '$exp', '$floor', '$ln', '$log', '$log10', '$mod', '$multiply', '$pow', '$round',
  '$sqrt', '$subtract', '$trunc',
  // comparison and logic
  '$and', '$or', '$not', '$cmp', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne',
  // strings
  '$concat', '$indexOfBytes', '$indexOfCP', '$split', '$strLenBytes', '$strLenCP', '$strcasecmp', '$substr',
  '$substrBytes', '$substrCP', '$toLower', '$toUpper',
  // types
  '$isNumber', '$toBool', '$toDate', '$toDecimal', '$toDouble', '$toInt', '$toLong', '$toObjectId', '$toString', '$type',
  // arrays and sets
  '$allElementsTrue', '$anyElementTrue', '$in', '$indexOfArray', '$isArray', '$range', '$setEquals', '$setIsSubset', '$size',
  // accumulators over the elements of an array
  '$avg', '$stdDevPop', '$stdDevSamp', '$sum',
  // parts of a date
  '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$isoDayOfWeek', '$isoWeek', '$isoWeekYear', '$millisecond',
  '$minute', '$month', '$second', '$week', '$year',
]);

/** Operators that take an object of named operands, each an expression: the names, and those that have to be there. */
export const NAMED: ReadonlyMap<string, { readonly names: readonly string[]; readonly required: readonly string[] }> = new Map([
  ['$trim', { names: ['input', 'chars'], required: ['input'] }],
  ['$ltrim', { names: ['input', 'chars'], required: ['input'] }],
  ['$rtrim', { names: ['input', 'chars'], required: ['input'] }],
  ['$replaceOne', { names: ['input', 'find', 'replacement'], required: ['input', 'find', 'replacement'] }],
  ['$replaceAll', { names: ['input', 'find', 'replacement'], required: ['input', 'find', 'replacement'] }],
  ['$regexMatch', { names: ['input', 'regex', 'options'], required: ['input', 'regex'] }],
  ['$dateAdd', { names: ['startDate', 'unit', 'amount', 'timezone'], required: ['startDate', 'unit', 'amount'] }],
  ['$dateSubtract', { names: ['startDate', 'unit', 'amount', 'timezone'], required: ['startDate', 'unit', 'amount'] }],
  ['$dateDiff', { names: ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'], required: ['startDate', 'endDate', 'unit'] }],
  ['$dateTrunc', { names: ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'], required: ['date', 'unit'] }],
  ['$dateToString', { names: ['date', 'format', 'timezone', 'onNull'], required: ['date'] }],
  ['$dateFromString', { names: ['dateString', 'format', 'timezone', 'onError', 'onNull'], required: ['dateString'] }],
  ['$dateFromParts', {
    names: ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek'],
    required: [],
  }],
  ['$convert', { names: ['input', 'to', 'onError', 'onNull'], required: ['input', 'to'] }],
]);

/** Operators that take numbers, or count elements, and ignore everything else that is stored. */
export const COUNTING: ReadonlySet<string> = new Set(['$sum', '$avg', '$stdDevPop', '$stdDevSamp', '$size', '$isArray']);

/** Operators whose value is one of their operands, or one of its elements: the value looks like all of them merged. */
export const MERGING: ReadonlySet<string> = new Set([
  '$concatArrays', '$ifNull', '$max', '$min', '$reverseArray', '$setDifference', '$setIntersection', '$setUnion',
]);

/** Operators whose value is an element or a part of their first operand. Out of range there is none. */
export const FIRST_OPERAND: ReadonlySet<string> = new Set(['$arrayElemAt', '$first', '$last', '$slice']);

/**
 * How many operands an operator takes: fewest and most. What the tables list and this one does not takes any number. An
 * operand that stands alone is one of them.
 */
export const ARITY: ReadonlyMap<string, readonly [fewest: number, most: number]> = new Map([
  ...each(1, 1, [
    '$abs', '$ceil', '$exp', '$floor', '$ln', '$log10', '$sqrt', '$not', '$strLenBytes', '$strLenCP', '$toLower', '$toUpper',
    '$isNumber', '$toBool', '$toDate', '$toDecimal', '$toDouble', '$toInt', '$toLong', '$toObjectId', '$toString', '$type',
    '$allElementsTrue', '$anyElementTrue', '$isArray', '$size', '$first', '$last', '$reverseArray',
    '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$isoDayOfWeek', '$isoWeek', '$isoWeekYear', '$millisecond',
    '$minute', '$month', '$second', '$week', '$year',
  ]),
  ...each(1, 2, ['$round', '$trunc']),
  ...each(2, 2, [
    '$divide', '$log', '$mod', '$pow', '$subtract', '$cmp', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne', '$split', '$strcasecmp',
    '$in', '$setIsSubset', '$setDifference', '$arrayElemAt',
  ]),
  ...each(2, 3, ['$range', '$slice']),
  ...each(2, 4, ['$indexOfArray', '$indexOfBytes', '$indexOfCP']),
  ...each(3, 3, ['$substr', '$substrBytes', '$substrCP']),
  ...each(2, Infinity, ['$ifNull', '$setEquals']),
]);

function each(fewest: number, most: number, names: readonly string[]) {
  return names.map((name) => [name, [fewest, most]] as const);
}

/** The system variables. `$$CLUSTER_TIME` is not one: it moves with writes to private fields. */
export const DOCUMENT_VARIABLES: ReadonlySet<string> = new Set(['ROOT', 'CURRENT']);
export const VALUE_VARIABLES: ReadonlySet<string> = new Set(['NOW', 'REMOVE']);
