import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { shapeAt, type Shape } from './shape.ts';

/** The shape at a path that a stage names. What is not there any more, or never was public, ends the call. */
export function requirePath(shape: Shape, path: string, where: string, site: Site): Shape {
  return shapeAt(shape, path) ?? refusePath(path, where, site);
}

/** Ends the call: there is nothing at a path. */
export function refusePath(path: string, where: string, site: Site): never {
  return site.refuse(
    'pipeline_path',
    `${quote(path)} (in ${where}) does not exist at this point of the pipeline: it is not public in the view, or an earlier stage removed it.`,
    path,
  );
}

/** What is wrong with the name of a field that a stage makes, or `undefined`. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.startsWith('$')) return 'begins with $';
  if (name.includes('.')) return 'has a dot: a stage sets whole fields; use $mergeObjects to add to one';
  if (name.includes('\0')) return 'has a null byte';
  if (name === '__proto__') return 'is __proto__';
  if (/^\d+$/.test(name)) return 'is a number';
  return undefined;
}

/** Ends the call where a stage can't make a field of this name. */
export function checkName(name: string, where: string, site: Site): void {
  const fault = nameFault(name);
  if (fault !== undefined) site.refuse('pipeline_value', `In ${where}, the field name ${quote(name)} ${fault}.`, name);
}
