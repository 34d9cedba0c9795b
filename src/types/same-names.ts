/**
 * The names of a list of the grammar, for a type that writes each of them out again. It compiles only if both have the same names:
 * `Typed` has no other, and `All`, which is the list again, has none that `Typed` lacks. Two constraints cost the compiler less than
 * `Exclude`, which goes through the names one by one.
 */
export type SameNames<Listed, Typed extends Listed, All extends Typed> = All;
