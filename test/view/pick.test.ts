import { defineView } from 'safe-collection';
import { describe, expect, it } from 'vitest';

interface Stored {
  name: unknown;
  parts: { label: string; secret?: string }[];
}

const view = defineView<Stored>()({
  public: { name: 1, 'parts.label': 1 },
  arrays: { name: [0, 1, 2], parts: 1 },
} as never) as unknown as { pick(document: object): object };
const SECRET = { secret: 's3cret' };

/** Gives one value when it is looked at, and another when it is looked at again. */
function changing(first: unknown, second: unknown): unknown {
  let reads = 0;
  return Object.defineProperty([], 0, { enumerable: true, get: () => ((reads += 1) === 1 ? first : second) });
}

/** An array whose own methods return something else. */
function obliging(elements: readonly unknown[]): unknown {
  const array = [...elements];
  return Object.defineProperties(array, {
    every: { value: () => true },
    map: { value: () => [SECRET] },
    filter: { value: () => array },
  });
}

describe('pick()', () => {
  it('gives what it checked, of an array that changes while it is read', () => {
    expect(view.pick({ name: changing('ada', SECRET) })).toEqual({ name: ['ada'] });
    expect(() => view.pick({ name: changing(SECRET, 'ada') })).toThrow(
      expect.objectContaining({ code: 'schema_drift', path: 'name' }),
    );
    expect(view.pick({ name: [changing('ada', SECRET)] })).toEqual({ name: [['ada']] });
  });

  it('asks no array for its own word', () => {
    expect(() => view.pick({ name: obliging([SECRET]) })).toThrow(expect.objectContaining({ code: 'schema_drift' }));
    const { name, parts } = view.pick({
      name: obliging(['ada']),
      parts: obliging([{ label: 'one', ...SECRET }, 'scalar']),
    }) as Stored;
    expect([name, parts]).toEqual([['ada'], [{ label: 'one' }]]);
    for (const array of [name, parts]) expect(Object.getPrototypeOf(array)).toBe(Array.prototype);
  });
});
