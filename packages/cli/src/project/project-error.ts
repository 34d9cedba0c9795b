/** A project that can't be opened. The message says what to do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}
