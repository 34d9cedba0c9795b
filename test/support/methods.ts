import { SafeCollection } from 'safe-collection';

/** The methods of a collection, inherited ones included. */
export function methodsOfCollection(): readonly string[] {
  const names: string[] = [];
  let prototype: object = SafeCollection.prototype;
  while (prototype !== Object.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype));
    prototype = Object.getPrototypeOf(prototype) as object;
  }
  return names.filter((name) => name !== 'constructor');
}
