/**
 * The update operators. `$rename` is not among them (its target is a value, so it could move a private field to a public name),
 * nor are `$bit` and pipelines.
 */
export const UPDATE_OPERATORS = [
  '$set',
  '$setOnInsert',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
  '$pop',
  '$currentDate',
] as const;

export type UpdateOperator = (typeof UPDATE_OPERATORS)[number];

/** Operators that write without revealing the stored value: the only ones allowed on a path that is not filterable. */
export const SILENT_OPERATORS = ['$set', '$setOnInsert', '$unset'] as const satisfies readonly UpdateOperator[];

export type SilentOperator = (typeof SILENT_OPERATORS)[number];

/** The modifiers of `$push`. `$addToSet` takes only `$each`. */
export const PUSH_MODIFIERS = ['$each', '$slice', '$position', '$sort'] as const;

export type PushModifier = (typeof PUSH_MODIFIERS)[number];
