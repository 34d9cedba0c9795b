import type { User } from '../../examples/users/user.ts';

/** The user of the examples with two more public fields: a wide read has eight paths, including a list of scalars. */
export interface BenchUser extends User {
  age: number;
  tags: string[];
}
