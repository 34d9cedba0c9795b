/** A leaf of a JSON value: its path, and the value as JSON without quotes. */
export interface Leaf {
  /** `addresses[0].city` */
  readonly path: string;
  readonly text: string;
}

/** The leaves of a value's JSON, in the order in which they are sent. */
export function flatten(value: unknown): Leaf[] {
  return leavesOf(JSON.parse(JSON.stringify(value)), '');
}

function leavesOf(value: unknown, path: string): Leaf[] {
  if (Array.isArray(value) && value.some(isObject)) {
    return value.flatMap((element, index) => leavesOf(element, `${path}[${index}]`));
  }
  if (!isObject(value) || Array.isArray(value))
    return [{ path, text: typeof value === 'string' ? value : JSON.stringify(value) }];
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, path === '' ? key : `${path}.${key}`));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
