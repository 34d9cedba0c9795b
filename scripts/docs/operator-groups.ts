import type { ExpressionOperator } from '../../src/grammar/expression-operators.ts';
import type { SameNames } from '../../src/types/same-names.ts';

/** The expression operators as docs/aggregation.md groups them. */
export const OPERATOR_GROUPS = {
  arithmetic: [
    '$abs', '$add', '$ceil', '$divide', '$exp', '$floor', '$ln', '$log', '$log10', '$mod', '$multiply', '$pow',
    '$round', '$sqrt', '$subtract', '$trunc',
  ],
  'comparison, logic, conditions': [
    '$cmp', '$eq', '$gt', '$gte', '$lt', '$lte', '$ne', '$and', '$or', '$not', '$cond', '$ifNull', '$switch',
  ],
  text: [
    '$concat', '$indexOfBytes', '$indexOfCP', '$ltrim', '$regexFind', '$regexFindAll', '$regexMatch', '$replaceAll',
    '$replaceOne', '$rtrim', '$split', '$strLenBytes', '$strLenCP', '$strcasecmp', '$substr', '$substrBytes',
    '$substrCP', '$toLower', '$toUpper', '$trim',
  ],
  dates: [
    '$dateAdd', '$dateDiff', '$dateFromParts', '$dateFromString', '$dateSubtract', '$dateToParts', '$dateToString',
    '$dateTrunc', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$isoDayOfWeek', '$isoWeek', '$isoWeekYear',
    '$millisecond', '$minute', '$month', '$second', '$week', '$year',
  ],
  'arrays and sets': [
    '$allElementsTrue', '$anyElementTrue', '$arrayElemAt', '$concatArrays', '$filter', '$first', '$firstN', '$in',
    '$indexOfArray', '$isArray', '$last', '$lastN', '$map', '$maxN', '$minN', '$range', '$reduce', '$reverseArray',
    '$setDifference', '$setEquals', '$setIntersection', '$setIsSubset', '$setUnion', '$size', '$slice', '$sortArray',
    '$zip',
  ],
  'objects, types, the rest': [
    '$mergeObjects', '$objectToArray', '$getField', '$convert', '$isNumber', '$toBool', '$toDate', '$toDecimal',
    '$toDouble', '$toInt', '$toLong', '$toObjectId', '$toString', '$type', '$avg', '$max', '$min', '$stdDevPop',
    '$stdDevSamp', '$sum', '$let', '$literal',
  ],
} as const satisfies Readonly<Record<string, readonly ExpressionOperator[]>>;

type Grouped = (typeof OPERATOR_GROUPS)[keyof typeof OPERATOR_GROUPS][number];

/** Compiles only if each operator is in a group. */
export type GroupedOperator = SameNames<ExpressionOperator, Grouped, Exclude<ExpressionOperator, Grouped>>;
