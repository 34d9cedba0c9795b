/** Why a field should not leave the server by accident. */
export type Sensitivity = 'secret' | 'personal' | 'internal';

/** The evidence that a field is sensitive, without values. */
export interface Evidence {
  readonly sensitivity: Sensitivity;
  /** A few words: `password hash`, `mail address`. */
  readonly what: string;
  /** Its name, or the shape of its values. */
  readonly by: 'name' | 'values';
}
