import { SafeCollection } from 'safe-collection';

/** The methods that bind a collection and return another one. They take no options and send nothing. */
const BINDING: ReadonlySet<string> = new Set(['scoped', 'forAudience']);

/** The methods of a collection, inherited ones included, except those that bind it. */
export function methodsOfCollection(): readonly string[] {
  const names: string[] = [];
  let prototype: object = SafeCollection.prototype;
  while (prototype !== Object.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype));
    prototype = Object.getPrototypeOf(prototype) as object;
  }
  return names.filter((name) => name !== 'constructor' && !BINDING.has(name));
}
