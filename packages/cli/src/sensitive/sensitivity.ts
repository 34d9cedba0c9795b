/** Why a field should not leave the server by accident. */
export type Sensitivity = 'secret' | 'personal' | 'internal';

/** What speaks for a field being sensitive. It carries no value. */
export interface Evidence {
  readonly sensitivity: Sensitivity;
  /** A few words: `password hash`, `mail address`. */
  readonly what: string;
  /** Its name, or the shape of its values. */
  readonly by: 'name' | 'values';
}
