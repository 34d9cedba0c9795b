/** A call that is left unchanged. The message is the reason, for the list and for the mark in the code. */
export class CannotMigrate extends Error {
  override readonly name = 'CannotMigrate';
}
