/** A descriptor without a prototype: one with it would read the polluted key itself. */
function descriptor(fields: PropertyDescriptor): PropertyDescriptor {
  return Object.assign(Object.create(null) as PropertyDescriptor, { configurable: true, ...fields });
}

/** The ways in which a prototype can have a key. */
export const POLLUTIONS: Readonly<Record<string, PropertyDescriptor>> = {
  'a value': descriptor({ value: true, writable: true, enumerable: true }),
  'a value that is not enumerable': descriptor({ value: 'x', writable: true }),
  undefined: descriptor({ value: undefined, writable: true }),
  'an accessor': descriptor({ get: () => undefined, set: () => undefined }),
  'a read-only value': descriptor({ value: 'x', writable: false }),
};

/** Runs work while a prototype has an extra key. No assertion runs meanwhile: the test runner makes descriptors too. */
export async function whilePolluted<T>(
  prototype: object,
  key: PropertyKey,
  property: PropertyDescriptor,
  work: () => Promise<T>,
): Promise<T> {
  Reflect.defineProperty(prototype, key, property);
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(prototype, key);
  }
}

/**
 * A `toBSON` that counts how often it is asked about a text that is in each command of the test, and then takes itself away, so that a
 * later look finds nothing. The commands by which the driver opens connections may meet it.
 */
export function countingToBson(
  prototype: object,
  text: string,
): { readonly property: PropertyDescriptor; readonly runs: () => number } {
  let runs = 0;
  const property = descriptor({
    get: () =>
      function toBSON(this: unknown): unknown {
        if (String(this) !== text) return this;
        runs += 1;
        Reflect.deleteProperty(prototype, 'toBSON');
        return this;
      },
  });
  return { property, runs: () => runs };
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
