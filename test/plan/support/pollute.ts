/** A descriptor without a prototype: one with it would read the polluted key itself. */
function descriptor(fields: PropertyDescriptor): PropertyDescriptor {
  return Object.assign(Object.create(null) as PropertyDescriptor, { configurable: true, ...fields });
}

/** The ways in which a prototype can carry a key. Accessors keep what is set on other objects from getting there. */
export const POLLUTIONS: Readonly<Record<string, PropertyDescriptor>> = {
  true: descriptor({ value: true, writable: true }),
  'a text': descriptor({ value: 'x', writable: true }),
  'a number': descriptor({ value: 1, writable: true }),
  'an object': descriptor({ value: { w: 0 }, writable: true }),
  undefined: descriptor({ value: undefined, writable: true }),
  'an accessor of nothing': descriptor({ get: () => undefined, set: () => undefined }),
  'an accessor of true': descriptor({ get: () => true, set: () => undefined }),
  'a read-only text': descriptor({ value: 'x', writable: false }),
};

/** Runs work while a prototype carries a key. Nothing is expected meanwhile: the test runner makes descriptors too. */
export async function whilePolluted<T>(prototype: object, key: string, property: PropertyDescriptor, work: () => Promise<T>): Promise<T> {
  Reflect.defineProperty(prototype, key, property);
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(prototype, key);
  }
}

/** An accessor that keeps what is set through it. */
export function recorder(): { readonly property: PropertyDescriptor; readonly taken: unknown[] } {
  const taken: unknown[] = [];
  const set = (value: unknown): void => {
    // `push` would come back here.
    Object.defineProperty(taken, taken.length, { value, enumerable: true });
  };
  return { property: descriptor({ get: () => undefined, set }), taken };
}
