import { describe, expect, it } from 'vitest';

import { ACCUMULATORS } from '../../src/plan/pipeline/accumulators.ts';
import { FIRST_OPERAND, MERGING, NAMED, POSITIONAL } from '../../src/plan/pipeline/operator-table.ts';
import { SPECIAL } from '../../src/plan/pipeline/special-operators.ts';
import { STAGE_METHODS } from '../../src/grammar/stages.ts';
import { WINDOW_FUNCTIONS } from '../../src/plan/pipeline/window-functions.ts';
import type { AccumulatorName, WindowFunctionName } from '../../src/types/pipeline/accumulator-types.ts';
import type { OperatorName } from '../../src/types/pipeline/operator-types.ts';
import { PipelineMaker } from './support/generate-pipeline.ts';

const OPERATORS = [...POSITIONAL, ...NAMED.keys(), ...MERGING, ...FIRST_OPERAND, ...SPECIAL.keys()];

/** Each name that the types know, once: one that is missing here, or is one too many, does not compile. */
const TYPED_OPERATORS = {
  $abs: 1,
  $add: 1,
  $allElementsTrue: 1,
  $and: 1,
  $anyElementTrue: 1,
  $arrayElemAt: 1,
  $avg: 1,
  $ceil: 1,
  $cmp: 1,
  $concat: 1,
  $concatArrays: 1,
  $cond: 1,
  $convert: 1,
  $dateAdd: 1,
  $dateDiff: 1,
  $dateFromParts: 1,
  $dateFromString: 1,
  $dateSubtract: 1,
  $dateToParts: 1,
  $dateToString: 1,
  $dateTrunc: 1,
  $dayOfMonth: 1,
  $dayOfWeek: 1,
  $dayOfYear: 1,
  $divide: 1,
  $eq: 1,
  $exp: 1,
  $filter: 1,
  $first: 1,
  $firstN: 1,
  $floor: 1,
  $getField: 1,
  $gt: 1,
  $gte: 1,
  $hour: 1,
  $ifNull: 1,
  $in: 1,
  $indexOfArray: 1,
  $indexOfBytes: 1,
  $indexOfCP: 1,
  $isArray: 1,
  $isNumber: 1,
  $isoDayOfWeek: 1,
  $isoWeek: 1,
  $isoWeekYear: 1,
  $last: 1,
  $lastN: 1,
  $let: 1,
  $literal: 1,
  $ln: 1,
  $log: 1,
  $log10: 1,
  $lt: 1,
  $lte: 1,
  $ltrim: 1,
  $map: 1,
  $max: 1,
  $maxN: 1,
  $mergeObjects: 1,
  $millisecond: 1,
  $min: 1,
  $minN: 1,
  $minute: 1,
  $mod: 1,
  $month: 1,
  $multiply: 1,
  $ne: 1,
  $not: 1,
  $objectToArray: 1,
  $or: 1,
  $pow: 1,
  $range: 1,
  $reduce: 1,
  $regexFind: 1,
  $regexFindAll: 1,
  $regexMatch: 1,
  $replaceAll: 1,
  $replaceOne: 1,
  $reverseArray: 1,
  $round: 1,
  $rtrim: 1,
  $second: 1,
  $setDifference: 1,
  $setEquals: 1,
  $setIntersection: 1,
  $setIsSubset: 1,
  $setUnion: 1,
  $size: 1,
  $slice: 1,
  $sortArray: 1,
  $split: 1,
  $sqrt: 1,
  $stdDevPop: 1,
  $stdDevSamp: 1,
  $strLenBytes: 1,
  $strLenCP: 1,
  $strcasecmp: 1,
  $substr: 1,
  $substrBytes: 1,
  $substrCP: 1,
  $subtract: 1,
  $sum: 1,
  $switch: 1,
  $toBool: 1,
  $toDate: 1,
  $toDecimal: 1,
  $toDouble: 1,
  $toInt: 1,
  $toLong: 1,
  $toLower: 1,
  $toObjectId: 1,
  $toString: 1,
  $toUpper: 1,
  $trim: 1,
  $trunc: 1,
  $type: 1,
  $week: 1,
  $year: 1,
  $zip: 1,
} satisfies Record<OperatorName, 1>;

const TYPED_ACCUMULATORS = {
  $sum: 1,
  $avg: 1,
  $stdDevPop: 1,
  $stdDevSamp: 1,
  $count: 1,
  $min: 1,
  $max: 1,
  $first: 1,
  $last: 1,
  $push: 1,
  $addToSet: 1,
  $mergeObjects: 1,
  $firstN: 1,
  $lastN: 1,
  $minN: 1,
  $maxN: 1,
  $top: 1,
  $bottom: 1,
  $topN: 1,
  $bottomN: 1,
} satisfies Record<AccumulatorName, 1>;

const TYPED_WINDOW_FUNCTIONS = {
  $sum: 1,
  $avg: 1,
  $stdDevPop: 1,
  $stdDevSamp: 1,
  $count: 1,
  $min: 1,
  $max: 1,
  $first: 1,
  $last: 1,
  $push: 1,
  $addToSet: 1,
  $rank: 1,
  $denseRank: 1,
  $documentNumber: 1,
  $covariancePop: 1,
  $covarianceSamp: 1,
  $linearFill: 1,
  $locf: 1,
  $shift: 1,
  $derivative: 1,
  $integral: 1,
  $expMovingAvg: 1,
} satisfies Record<WindowFunctionName, 1>;

describe('the types know what the guard allows, and nothing else', () => {
  it.for<readonly [what: string, typed: object, allowed: Iterable<string>]>([
    ['operators', TYPED_OPERATORS, OPERATORS],
    ['accumulators', TYPED_ACCUMULATORS, ACCUMULATORS.keys()],
    ['window functions', TYPED_WINDOW_FUNCTIONS, WINDOW_FUNCTIONS.keys()],
  ])('%s', ([, typed, allowed]) => {
    expect(Object.keys(typed).toSorted()).toEqual([...allowed].toSorted());
  });
});

/** Every key that begins with `$`, by the stage or place around it. */
function namesIn(value: unknown, found: Set<string>, place = ''): Set<string> {
  if (Array.isArray(value)) for (const each of value) namesIn(each, found, place);
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, below] of Object.entries(value)) {
    const inside = ['$group', '$bucket', '$bucketAuto', '$setWindowFields'].includes(key) ? key : place;
    if (key.startsWith('$')) found.add(`${place}${key}`).add(key);
    namesIn(below, found, key === '$literal' ? '' : inside);
  }
  return found;
}

describe('the generator of pipelines', () => {
  const found = new Set<string>();
  let state = 7;
  const roll = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let left = 4000; left > 0; left -= 1)
    namesIn(new PipelineMaker({ roll }).pipeline(left % 2 === 0 ? 'users' : 'orders'), found);

  it('makes every stage', () => {
    expect(Object.values(STAGE_METHODS).filter((name) => !found.has(name))).toEqual([]);
  });

  it('makes every operator', () => {
    expect(OPERATORS.filter((name) => !found.has(name))).toEqual([]);
  });

  it('makes every accumulator, and every window function', () => {
    expect(
      [...ACCUMULATORS.keys()].filter((name) => !found.has(`$group${name}`) && !found.has(`$bucket${name}`)),
    ).toEqual([]);
    expect([...WINDOW_FUNCTIONS.keys()].filter((name) => !found.has(`$setWindowFields${name}`))).toEqual([]);
  });
});
