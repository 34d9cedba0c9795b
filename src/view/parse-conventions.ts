import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { ConventionPart } from '../grammar/view-parts.ts';
import { readObject } from '../input/read.ts';
import { copyInput, type InputCopy } from '../input/copy-input.ts';
import type { StandardSchema } from '../types/standard-schema.ts';
import { ownPaths, type DefaultValue, type WriteConventions } from './conventions.ts';
import { pathFault } from './path.ts';
import type { PathTree } from './path-tree.ts';
import { SPEC_VALUES } from './spec-values.ts';

/** Parses `timestamps`, `version`, `defaults` and `validate`. A path that the view itself writes can't be writable. */
export function parseConventions(
  parts: Readonly<Record<ConventionPart, unknown>>,
  writable: PathTree,
  call: CallContext,
): WriteConventions {
  const { createdAt, updatedAt } = parseTimestamps(parts.timestamps, call);
  const conventions = Object.freeze({
    createdAt,
    updatedAt,
    version: parsePath('version', parts.version, call),
    defaults: parseDefaults(parts.defaults, call),
    validate: parseValidate(parts.validate, call),
  });
  const own = ownPaths(conventions);
  for (const path of own) {
    const isTaken =
      writable.covers(path) ||
      writable.at(path) !== undefined ||
      conventions.defaults.has(path) ||
      own.indexOf(path) !== own.lastIndexOf(path);
    if (isTaken)
      call.refuse(
        'view_contradiction',
        `The view sets ${quote(path)} automatically, so nothing else may write it.`,
        path,
      );
  }
  return conventions;
}

function parseTimestamps(timestamps: unknown, call: CallContext) {
  const fields = new Map(timestamps === undefined ? [] : readObject(timestamps, '`timestamps`', call));
  const surplus = [...fields.keys()].find((name) => name !== 'createdAt' && name !== 'updatedAt');
  if (surplus !== undefined)
    call.refuse('view_value', `\`timestamps\` takes createdAt and updatedAt, not ${quote(surplus)}.`, surplus);
  return {
    createdAt: parsePath('timestamps.createdAt', fields.get('createdAt'), call),
    updatedAt: parsePath('timestamps.updatedAt', fields.get('updatedAt'), call),
  };
}

/** A nested path would have to be merged into the caller's subdocuments, so the path must have one segment. */
function parsePath(part: string, path: unknown, call: CallContext): string | undefined {
  if (path === undefined) return undefined;
  if (typeof path === 'string' && pathFault(path) === undefined && !path.includes('.')) return path;
  return call.refuse('view_path', `\`${part}\` takes the name of a top-level field.`, part);
}

function parseDefaults(defaults: unknown, call: CallContext): ReadonlyMap<string, DefaultValue> {
  if (defaults === undefined) return new Map();
  const entries = readObject(defaults, '`defaults`', call, SPEC_VALUES.defaults);
  for (const [path] of entries) parsePath('defaults', path, call);
  // The values were copied with the specification.
  return new Map(entries as readonly (readonly [path: string, value: DefaultValue])[]);
}

function parseValidate(validate: unknown, call: CallContext): WriteConventions['validate'] {
  if (validate === undefined) return undefined;
  const schemas = new Map(readObject(validate, '`validate`', call, SPEC_VALUES.validate));
  const insert = schemas.get('insert');
  const update = schemas.get('update');
  if (schemas.size !== 2 || !isSchema(insert) || !isSchema(update)) {
    return call.refuse(
      'view_value',
      '`validate` takes { insert, update }, each a Standard Schema validator: with only one of them, the other way of writing would not be checked.',
      'validate',
    );
  }
  return Object.freeze({ insert, update });
}

function isSchema(value: unknown): value is StandardSchema {
  const standard = (value as { '~standard'?: unknown } | null | undefined)?.['~standard'];
  return (
    typeof standard === 'object' &&
    standard !== null &&
    typeof (standard as { validate?: unknown }).validate === 'function'
  );
}

/** A default as it is stored. The result of a function is copied; a value was already copied with the view. */
export function makeDefault(value: DefaultValue, path: string, call: CallContext): InputCopy {
  if (typeof value !== 'function') return value;
  const made = value();
  if (made === undefined) return call.refuse('write_value', `The default of ${quote(path)} is undefined.`, path);
  return copyInput(made, `the default of ${quote(path)}`, call);
}
