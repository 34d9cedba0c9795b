/** The values that the program tags as its own. They are opaque, and known by identity alone. */
const marks = new WeakSet<object>();

/** Makes an empty, frozen object that only its identity tells from another. */
export function issueMark(): object {
  const mark = Object.freeze(Object.create(null) as object);
  marks.add(mark);
  return mark;
}

export function isMark(value: unknown): value is object {
  return typeof value === 'object' && value !== null && marks.has(value);
}
