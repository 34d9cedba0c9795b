/** The database can't be read. The message says what to do, and never has the connection string's password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
