import type { BenchUser } from './bench-user.ts';

/** A user to be stored, as a service meets one: what a caller has sent, and what the program adds of its own. */
export interface NewUser {
  readonly input: Pick<BenchUser, 'username' | 'email' | 'age'>;
  readonly set: Omit<BenchUser, '_id' | 'username' | 'email' | 'age'>;
}

/** Parts a user. Each layer makes an `_id` of its own. */
export function parted({ _id, username, email, age, ...set }: BenchUser): NewUser {
  return { input: { username, email, age }, set };
}

/** The document to store, for those who take it whole. */
export function joined({ input, set }: NewUser): BenchUser {
  return { ...input, ...set } as BenchUser;
}
