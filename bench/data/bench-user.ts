import type { User } from '../../examples/users/user.ts';

/** The user of the examples, with two public fields more: a wide read takes eight paths, a list of scalars among them. */
export interface BenchUser extends User {
  age: number;
  tags: string[];
}
