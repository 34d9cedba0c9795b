import { randomBytes } from 'node:crypto';

/** The logged-in users, in the memory of one process: enough for an example. */
export class Tokens {
  readonly #usernames = new Map<string, string>();

  issue(username: string): string {
    const token = randomBytes(24).toString('base64url');
    this.#usernames.set(token, username);
    return token;
  }

  /** The user of the token in an `Authorization: Bearer …` header. */
  holderOf(authorization: string | undefined): string | undefined {
    return this.#usernames.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
  }
}
