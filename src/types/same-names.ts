/**
 * The names of a list of the grammar, in a type that writes each of them out again. It compiles only if both have the same names:
 * `Typed` may have no other, and `Missing`, what `Typed` leaves out of `Listed`, has to be `never`.
 */
export type SameNames<Listed, Typed extends Listed, Missing extends never> = Typed | Missing;
