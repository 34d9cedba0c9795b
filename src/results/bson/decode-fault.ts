/** The bytes are not BSON. `message` says what is wrong with them, and holds none of them. It does not leave this folder. */
export class MalformedBson extends Error {}

/** A stored value is not of the kind that is declared at `path`. It does not leave this folder. */
export class DriftedValue extends Error {
  readonly path: string;

  constructor(path: string) {
    super('drift');
    this.path = path;
  }
}

export function malformed(what: string): never {
  throw new MalformedBson(what);
}

export function drifted(path: string): never {
  throw new DriftedValue(path);
}
