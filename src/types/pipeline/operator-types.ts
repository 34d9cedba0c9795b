import type { Decimal128, ObjectId } from 'mongodb';

import type { ExpressionOperator } from '../../grammar/expression-operators.ts';
import type { SameNames } from '../same-names.ts';
import type { ConvertType, DatePartsType, ReduceType } from './special-types.ts';
import type { ArrayOrNull, BranchTypes, MergedObjects } from './value-types.ts';
import type { ExpressionType, OperandType } from './expression-type.ts';
import type { Elements, FieldType, Given, NullFrom, Present } from './field-type.ts';
import type { Arithmetic, NumberFrom, Subtracted } from './number-types.ts';
import type { MapType, With } from './variables.ts';

/** Operators whose value always has the same type. */
export interface FixedTypes {
  $and: boolean;
  $or: boolean;
  $not: boolean;
  $cmp: number;
  $eq: boolean;
  $gt: boolean;
  $gte: boolean;
  $lt: boolean;
  $lte: boolean;
  $ne: boolean;
  $strLenBytes: number;
  $strLenCP: number;
  $strcasecmp: number;
  $substr: string;
  $substrBytes: string;
  $substrCP: string;
  $toLower: string;
  $toUpper: string;
  $isNumber: boolean;
  $type: string;
  $allElementsTrue: boolean;
  $anyElementTrue: boolean;
  $in: boolean;
  $isArray: boolean;
  $range: number[];
  $setEquals: boolean;
  $setIsSubset: boolean;
  $size: number;
  $regexMatch: boolean;
  $regexFindAll: { readonly match: string; readonly idx: number; readonly captures: (string | null)[] }[];
  $stdDevPop: number | null;
  $stdDevSamp: number | null;
}

/** Operators whose value has a fixed type, or is `null` if an operand is `null` or missing. */
export interface NullableTypes {
  $concat: string;
  $trim: string;
  $ltrim: string;
  $rtrim: string;
  $replaceOne: string;
  $replaceAll: string;
  $split: string[];
  $toString: string;
  $indexOfBytes: number;
  $indexOfCP: number;
  $indexOfArray: number;
  $toBool: boolean;
  $toDate: Date;
  $toDecimal: Decimal128;
  $toDouble: number;
  $toInt: number;
  $toLong: number;
  $toObjectId: ObjectId;
  $dayOfMonth: number;
  $dayOfWeek: number;
  $dayOfYear: number;
  $hour: number;
  $isoDayOfWeek: number;
  $isoWeek: number;
  $isoWeekYear: number;
  $millisecond: number;
  $minute: number;
  $month: number;
  $second: number;
  $week: number;
  $year: number;
  $dateAdd: Date;
  $dateSubtract: Date;
  $dateTrunc: Date;
  $dateDiff: number;
  $dateFromParts: Date;
  $regexFind: { readonly match: string; readonly idx: number; readonly captures: (string | null)[] } | null;
}

/** Operators that return a number of their operands' kind, or `null`. */
export type ArithmeticName =
  | '$abs'
  | '$ceil'
  | '$divide'
  | '$exp'
  | '$floor'
  | '$ln'
  | '$log'
  | '$log10'
  | '$mod'
  | '$multiply'
  | '$pow'
  | '$round'
  | '$sqrt'
  | '$trunc';

/** Operators whose type depends on their operands. It is looked up by name, so only the used member is evaluated. */
export interface DerivedTypes<T, A, V> {
  $add: Arithmetic<OperandType<T, A, V>>;
  $subtract: Subtracted<T, A, V>;
  $sum: NumberFrom<OperandType<T, A, V> | Elements<OperandType<T, A, V>>>;
  $avg: NumberFrom<OperandType<T, A, V> | Elements<OperandType<T, A, V>>> | null;
  $max: Extreme<T, A, V>;
  $min: Extreme<T, A, V>;
  $cond: A extends readonly [unknown, infer Then, infer Else]
    ? ExpressionType<T, Then, V> | ExpressionType<T, Else, V>
    : A extends { readonly then: infer Then; readonly else: infer Else }
      ? ExpressionType<T, Then, V> | ExpressionType<T, Else, V>
      : never;
  $ifNull: A extends readonly [...infer First, infer Last]
    ? Given<ExpressionType<T, First[number], V>> | ExpressionType<T, Last, V>
    : never;
  $switch: A extends { readonly branches: infer B }
    ? BranchTypes<T, B, V> | (A extends { readonly default: infer D } ? ExpressionType<T, D, V> : never)
    : never;
  $literal: A;
  $arrayElemAt: ElementAt<A extends readonly [infer Array, unknown] ? ExpressionType<T, Array, V> : never>;
  $first: ElementAt<SingleOperand<T, A, V>>;
  $last: ElementAt<SingleOperand<T, A, V>>;
  $slice: A extends readonly [infer Array, ...unknown[]] ? ArrayOrNull<ExpressionType<T, Array, V>> : never;
  $concatArrays: ArrayOrNull<OperandType<T, A, V>>;
  $reverseArray: ArrayOrNull<SingleOperand<T, A, V>>;
  $setUnion: ArrayOrNull<OperandType<T, A, V>>;
  $setIntersection: ArrayOrNull<OperandType<T, A, V>>;
  $setDifference: A extends readonly [infer Array, unknown]
    ? ArrayOrNull<ExpressionType<T, Array, V>> | NullFrom<OperandType<T, A, V>>
    : never;
  $filter: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $sortArray: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $firstN: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $lastN: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $maxN: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $minN: ArrayOrNull<ExpressionType<T, Named<A, 'input'>, V>>;
  $map: MapType<T, A, V>;
  $reduce: ReduceType<T, A, V>;
  $let: A extends { readonly vars: infer Vars; readonly in: infer In }
    ? ExpressionType<T, In, With<V, { [K in keyof Vars]: ExpressionType<T, Vars[K], V> }>>
    : never;
  $zip: A extends { readonly inputs: infer Inputs }
    ? (Present<Elements<OperandType<T, Inputs, V>>> | null)[][] | NullFrom<OperandType<T, Inputs, V>>
    : never;
  $objectToArray: ObjectEntries<SingleOperand<T, A, V>>;
  $mergeObjects: MergedObjects<T, A, V>;
  $getField: A extends string
    ? FieldType<T, A>
    : A extends { readonly field: infer F extends string; readonly input: infer Input }
      ? FieldType<ExpressionType<T, Input, V>, F>
      : never;
  $convert: ConvertType<T, A, V>;
  $dateToString: Coalesced<string, T, A, V>;
  $dateFromString: Coalesced<Date, T, A, V>;
  $dateToParts: DatePartsType<T, A, V>;
}

/** The operators that have types. */
type TypedOperator =
  | keyof FixedTypes
  | keyof NullableTypes
  | ArithmeticName
  | keyof DerivedTypes<unknown, unknown, unknown>;

export type OperatorName = SameNames<ExpressionOperator, TypedOperator, ExpressionOperator>;

/** A named operand, or `undefined` if it is left out. */
export type Named<A, K extends string> = A extends { readonly [N in K]: infer O } ? O : undefined;

/** The operand of an operator with one operand, in an array or not. */
export type SingleOperand<T, A, V> = A extends readonly [infer One]
  ? ExpressionType<T, One, V>
  : ExpressionType<T, A, V>;

type Extreme<T, A, V> = A extends readonly [unknown, unknown, ...unknown[]]
  ? OperandType<T, A, V> extends infer X
    ? Given<X> | NullFrom<X>
    : never
  : SingleOperand<T, A, V> extends infer X
    ? X extends readonly (infer E)[]
      ? Given<E> | null
      : Given<X> | NullFrom<X>
    : never;

type ElementAt<X> = unknown extends X ? unknown : Elements<X> | undefined | NullFrom<X>;

type ObjectEntries<X> = unknown extends X
  ? unknown
  : { readonly k: string; readonly v: Exclude<Given<X>[keyof Given<X>], undefined> }[] | NullFrom<X>;

/** The result of a conversion, with `onNull` and `onError`. */
type Coalesced<R, T, A, V> =
  | R
  | (A extends { readonly onError: infer E } ? ExpressionType<T, E, V> : never)
  | (A extends { readonly onNull: infer N }
      ? ExpressionType<T, N, V>
      : NullFrom<OperandType<T, Omit<A, 'onError'>, V>>);
