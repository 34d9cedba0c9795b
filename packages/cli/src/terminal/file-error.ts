/** A file can't be read or written. The message says which one and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
