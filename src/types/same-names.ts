/**
 * The names of a list of the grammar, for a type that repeats them. It compiles only if both have the same names: `Typed` may have no
 * other names, and `All`, which is the list again, no name that `Typed` lacks. Two constraints are cheaper for the compiler than
 * `Exclude`, which evaluates the names one by one.
 */
export type SameNames<Listed, Typed extends Listed, All extends Typed> = All;
