/** The database can't be read. The message says what to do, and never contains the password of the connection string. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
