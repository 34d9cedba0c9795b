const NOTHING = Object.freeze(Object.create(null) as object);

function BareObject(): void {}
BareObject.prototype = NOTHING;
const Bare = BareObject as unknown as new () => object;

/**
 * An empty object that inherits nothing, so that a lookup finds only own keys. Its prototype is an empty frozen object: V8
 * stores an object without a prototype as a hash table, which takes several times as long to fill, walk and send.
 */
export function bareObject(): object {
  return new Bare();
}

export function isBare(value: object): boolean {
  return Object.getPrototypeOf(value) === NOTHING;
}
