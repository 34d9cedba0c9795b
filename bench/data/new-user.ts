import type { BenchUser } from './bench-user.ts';

/** A user to be stored, as in a service: the caller's input, and the program's own values. */
export interface NewUser {
  readonly input: Pick<BenchUser, 'username' | 'email' | 'age'>;
  readonly set: Omit<BenchUser, '_id' | 'username' | 'email' | 'age'>;
}

/** Splits a user into both parts. Each library makes its own `_id`. */
export function parted({ _id, username, email, age, ...set }: BenchUser): NewUser {
  return { input: { username, email, age }, set };
}

/** The whole document, for libraries that take it in one. */
export function joined({ input, set }: NewUser): BenchUser {
  return { ...input, ...set } as BenchUser;
}
