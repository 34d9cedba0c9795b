/**
 * The names of a list of the grammar, for a type that repeats them. It compiles only if both have the same names: `Typed` may have no
 * other names, and `Missing`, the names of `Listed` that `Typed` lacks, has to be `never`.
 */
export type SameNames<Listed, Typed extends Listed, Missing extends never> = Typed | Missing;
