import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { shapeAt, type Shape } from './shape.ts';

/** The shape at a path of a stage. Throws if an earlier stage removed the path, or it is not public. */
export function requirePath(shape: Shape, path: string, where: string, call: CallContext): Shape {
  return shapeAt(shape, path) ?? refusePath(path, where, call);
}

/** Throws for a path that does not exist at that point. */
export function refusePath(path: string, where: string, call: CallContext): never {
  return call.refuse(
    'pipeline_path',
    `${quote(path)} (in ${where}) does not exist at this point of the pipeline: it is not public in the view, or an earlier stage removed it.`,
    path,
  );
}

/** What is wrong with the name of a new field, or `undefined`. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.startsWith('$')) return 'begins with $';
  if (name.includes('.')) return 'has a dot: a stage sets whole fields; use $mergeObjects to add to one';
  if (name.includes('\0')) return 'has a null byte';
  if (name === '__proto__') return 'is __proto__';
  // The driver takes an object with this key for an instance of a BSON class.
  if (name === '_bsontype') return 'is reserved by the driver';
  if (/^\d+$/.test(name)) return 'is a number';
  return undefined;
}

/** Throws if a stage can't make a field of this name. */
export function checkName(name: string, where: string, call: CallContext): void {
  const fault = nameFault(name);
  if (fault !== undefined) call.refuse('pipeline_value', `In ${where}, the field name ${quote(name)} ${fault}.`, name);
}
