/** Why members of the driver have no counterpart here: the names by the reason. */
export type Refused = Readonly<Record<string, readonly string[]>>;

/** What the library did with each member of one class of the driver. */
export interface ClassManifest {
  /** Members that the library has under the same name, with types and a guard. */
  readonly wrapped: readonly string[];
  readonly refused: Refused;
  /** Members of the library's class that the driver does not have. */
  readonly own: readonly string[];
}

export const INTERNAL = 'internal to the driver';
