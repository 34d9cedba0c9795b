declare const typed: unique symbol;

/** Is assignable to `object`, and to no type that names keys of its own, even optional ones. */
interface Typed {
  readonly [typed]: 1;
}

/**
 * An argument as it is written, next to its checks: anything. The compiler compares the argument with the checks alone, and reports what they
 * say. If the argument were part of the type, a refused `null` would read "not assignable to type 'never'", because nothing is both `null` and
 * an error message. While an argument is being typed, the editor puts its constraint in its place, so that is what completion offers. It
 * ends with `| object`.
 */
export type Written<T> = Typed extends T ? T : Anything<T>;

/**
 * Anything, once the argument is known. Before that the compiler does not see through the condition, so it does not look for the argument's
 * keys in its constraint.
 */
type Anything<T> = [T] extends [never] ? {} : {} | null | undefined;

/** The same for options: only their constraint has all of their keys. */
export type WrittenOptions<O, Constraint> = [keyof Constraint] extends [keyof O] ? O : {};

/** The same for an argument whose constraint takes no empty object. */
export type WrittenAs<T, Constraint> = [Constraint] extends [T] ? T : Anything<T>;

/**
 * The checks of an argument, as a type that the compiler looks into only when it knows the argument. Otherwise it would walk through all
 * branches of the checks while it infers the argument, which is half of the cost of a call.
 */
export type Checked<X, Check> = { readonly check: Check; readonly none: unknown }[[X] extends [never]
  ? NoneOf<X>
  : 'check'];

/** `never` for `never`, so only an argument that is not known yet has it. */
type NoneOf<X> = X extends unknown ? 'none' : never;
