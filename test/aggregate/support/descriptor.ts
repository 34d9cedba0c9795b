import { ObjectId } from 'mongodb';

declare const type: unique symbol;

/** A type that can be looked at while the tests run. */
export interface Descriptor<out T> {
  readonly [type]?: T;
  /** Returns where a value is not of the type, and notes which optional fields were present. */
  readonly check: (value: unknown, path: string, seen: Seen) => readonly string[];
  readonly optional: boolean;
  /** The paths of optional fields below, which some document has to have and some has to lack. */
  readonly optionals: (path: string) => readonly string[];
}

export interface Seen {
  readonly there: Set<string>;
  readonly missing: Set<string>;
}

type TypeOf<D> = D extends Descriptor<infer T> ? T : never;
type Fields = Readonly<Record<string, Descriptor<unknown>>>;
type OptionalKey<F> = { [K in keyof F]: F[K] extends Maybe<infer _T> ? K : never }[keyof F];

interface Maybe<out T> extends Descriptor<T> {
  readonly optional: true;
}

function scalar<T>(name: string, is: (value: unknown) => boolean): Descriptor<T> {
  return { optional: false, optionals: () => [], check: (value, path) => (is(value) ? [] : [`${path} is no ${name}`]) };
}

export const str = scalar<string>('string', (value) => typeof value === 'string');
export const num = scalar<number>('number', (value) => typeof value === 'number');
export const bool = scalar<boolean>('boolean', (value) => typeof value === 'boolean');
export const date = scalar<Date>('Date', (value) => value instanceof Date);
export const oid = scalar<ObjectId>('ObjectId', (value) => value instanceof ObjectId);
export const nul = scalar<null>('null', (value) => value === null);

export function lit<const L extends readonly (string | number | boolean)[]>(...values: L): Descriptor<L[number]> {
  return scalar<L[number]>(values.join(' or '), (value) => values.includes(value as L[number]));
}

export function or<const D extends readonly Descriptor<unknown>[]>(...types: D): Descriptor<TypeOf<D[number]>> {
  return {
    optional: false,
    optionals: (path) => types.flatMap((each) => each.optionals(path)),
    check(value, path, seen) {
      const problems = types.map((each) => each.check(value, path, seen));
      return problems.some((each) => each.length === 0) ? [] : problems.flat();
    },
  };
}

export function arr<T>(element: Descriptor<T>): Descriptor<T[]> {
  return {
    optional: false,
    optionals: (path) => element.optionals(`${path}[]`),
    check: (value, path, seen) =>
      Array.isArray(value) ? value.flatMap((each) => element.check(each, `${path}[]`, seen)) : [`${path} is no array`],
  };
}

export function maybe<T>(of: Descriptor<T>): Maybe<T> {
  return { ...(of as Maybe<T>), optional: true };
}

type ObjectOf<F> = { [K in Exclude<keyof F, OptionalKey<F>>]: TypeOf<F[K]> } & { [K in OptionalKey<F>]?: TypeOf<F[K]> };

export function obj<const F extends Readonly<Record<string, unknown>>>(fields: F): Descriptor<ObjectOf<F>> {
  const entries = Object.entries(fields as unknown as Fields);
  return {
    optional: false,
    optionals: (path) =>
      entries.flatMap(([key, of]) => [...(of.optional ? [`${path}.${key}`] : []), ...of.optionals(`${path}.${key}`)]),
    check(value, path, seen) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
        return [`${path} is no document`];
      const extra = Object.keys(value)
        .filter((key) => !Object.hasOwn(fields, key))
        .map((key) => `${path}.${key} is extra`);
      return [...extra, ...entries.flatMap(([key, of]) => checkField(value, key, of, path, seen))];
    },
  };
}

function checkField(value: object, key: string, of: Descriptor<unknown>, path: string, seen: Seen): readonly string[] {
  if (Object.hasOwn(value, key)) {
    seen.there.add(`${path}.${key}`);
    return of.check((value as Record<string, unknown>)[key], `${path}.${key}`, seen);
  }
  seen.missing.add(`${path}.${key}`);
  return of.optional ? [] : [`${path}.${key} is missing`];
}
