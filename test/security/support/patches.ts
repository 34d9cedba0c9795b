/** A built-in of JavaScript, replaced by one that fails. */
export interface Patch {
  readonly name: string;
  readonly apply: () => void;
  readonly undo: () => void;
}

function patch(name: string, holder: object, key: PropertyKey): Patch {
  const original = Object.getOwnPropertyDescriptor(holder, key);
  if (original === undefined) throw new Error(`There is no ${name}.`);
  const replacement = {
    ...original,
    value: () => {
      throw new Error(`${name} was replaced`);
    },
  };
  return {
    name,
    apply: () => void Reflect.defineProperty(holder, key, replacement),
    undo: () => void Reflect.defineProperty(holder, key, original),
  };
}

/** The built-ins that code which reads objects, arrays and texts uses most. */
export const PATCHES: readonly Patch[] = [
  patch('Array.prototype.map', Array.prototype, 'map'),
  patch('Array.prototype.filter', Array.prototype, 'filter'),
  patch('Array.prototype.find', Array.prototype, 'find'),
  patch('Array.prototype.some', Array.prototype, 'some'),
  patch('Array.prototype.every', Array.prototype, 'every'),
  patch('Array.prototype.includes', Array.prototype, 'includes'),
  patch('Array.prototype.push', Array.prototype, 'push'),
  patch('Array.prototype iterator', Array.prototype, Symbol.iterator),
  patch('Array.isArray', Array, 'isArray'),
  patch('Object.keys', Object, 'keys'),
  patch('Object.entries', Object, 'entries'),
  patch('Object.hasOwn', Object, 'hasOwn'),
  patch('Object.getPrototypeOf', Object, 'getPrototypeOf'),
  patch('Object.getOwnPropertyDescriptor', Object, 'getOwnPropertyDescriptor'),
  patch('Object.getOwnPropertyNames', Object, 'getOwnPropertyNames'),
  patch('Object.freeze', Object, 'freeze'),
  patch('Reflect.ownKeys', Reflect, 'ownKeys'),
  patch('String.prototype.split', String.prototype, 'split'),
  patch('String.prototype.startsWith', String.prototype, 'startsWith'),
  patch('String.prototype.includes', String.prototype, 'includes'),
  patch('RegExp.prototype.test', RegExp.prototype, 'test'),
  patch('RegExp.prototype.exec', RegExp.prototype, 'exec'),
  patch('Map.prototype.get', Map.prototype, 'get'),
  patch('Map.prototype.has', Map.prototype, 'has'),
  patch('Set.prototype.has', Set.prototype, 'has'),
  patch('JSON.stringify', JSON, 'stringify'),
  patch('Number.isSafeInteger', Number, 'isSafeInteger'),
  patch('Function.prototype.call', Function.prototype, 'call'),
];
