import type { TypeField } from '../project/index.ts';
import type { Evidence } from '../sensitive/sensitivity.ts';
import { keyOf } from '../init/write-interface.ts';

/** A field of a stored document, as another library's schema describes it. */
export interface DocumentField {
  readonly name: string;
  /** The TypeScript type of one value, without arrays: `string`, `'a' | 'b'`, `ObjectId`, `unknown`. Empty for a branch. */
  readonly type: string;
  /** The BSON type, for what its name alone says too little; `unknown` if it has no fixed leaves. */
  readonly bson: string;
  /** How deep arrays are around it. */
  readonly depth: number;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  /** The fields below, for a branch. */
  readonly children?: readonly DocumentField[];
  /** Why it must not come out, if the schema says so: `select: false`. */
  readonly hidden?: Evidence;
}

/** Writes an interface of the fields. */
export function interfaceOf(name: string, fields: readonly DocumentField[]): string {
  return `export interface ${name} ${objectType(fields, '')}`;
}

function objectType(fields: readonly DocumentField[], indent: string): string {
  const inner = `${indent}  `;
  const lines = fields.map(
    (field) => `${inner}${keyOf(field.name)}${field.isOptional ? '?' : ''}: ${typeOf(field, inner)};`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function typeOf(field: DocumentField, indent: string): string {
  const type = field.children === undefined ? field.type : objectType(field.children, indent);
  const element = field.depth > 0 && / [|&] /.test(type) && field.children === undefined ? `(${type})` : type;
  const whole = `${element}${'[]'.repeat(field.depth)}`;
  return field.isNullable && whole !== 'unknown' ? `${whole} | null` : whole;
}

/** The fields in the terms that views are planned in. */
export function typeFieldsOf(fields: readonly DocumentField[], prefix = ''): readonly TypeField[] {
  return fields.flatMap((field): readonly TypeField[] => {
    const path = prefix + field.name;
    const types = field.bson === 'unknown' || field.children !== undefined ? [] : [field.bson];
    const kind = field.children !== undefined ? 'branch' : field.bson === 'unknown' ? 'open' : 'leaf';
    return [
      { path, kind, depths: [field.depth], types },
      ...(field.children === undefined ? [] : typeFieldsOf(field.children, `${path}.`)),
    ];
  });
}

/** The paths that a schema hides, with the reason. */
export function hiddenPaths(
  fields: readonly DocumentField[],
  prefix = '',
): readonly (readonly [path: string, why: Evidence])[] {
  return fields.flatMap((field): readonly (readonly [path: string, why: Evidence])[] => {
    const path = prefix + field.name;
    const { hidden } = field;
    if (hidden !== undefined) return [path, ...below(field, path)].map((one) => [one, hidden] as const);
    return field.children === undefined ? [] : hiddenPaths(field.children, `${path}.`);
  });
}

function below(field: DocumentField, path: string): readonly string[] {
  return typeFieldsOf(field.children ?? [], `${path}.`).map((one) => one.path);
}
