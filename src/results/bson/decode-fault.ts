/** The bytes are not valid BSON. `message` says what is wrong, without the bytes. Used only in this folder. */
export class MalformedBson extends Error {}

/** A stored value is not of the kind declared at `path`. Used only in this folder. */
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
