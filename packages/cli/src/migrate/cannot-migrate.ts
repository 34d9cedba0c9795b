/** A call that is left as it is. The message is the reason, for the list and for the mark in the code. */
export class CannotMigrate extends Error {
  override readonly name = 'CannotMigrate';
}
