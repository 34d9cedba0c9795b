import type { DocumentField } from '../sources/document-field.ts';
import type { PrismaField } from './schema-facts.ts';

const TYPES: Readonly<Record<string, readonly [type: string, bson: string]>> = {
  String: ['string', 'string'],
  Boolean: ['boolean', 'bool'],
  Int: ['number', 'int'],
  BigInt: ['bigint', 'long'],
  Float: ['number', 'double'],
  DateTime: ['Date', 'date'],
  Bytes: ['Binary', 'binData'],
};

/** The stored document of a model. Relations are not stored. A list may be missing, which Prisma reads as an empty one. */
export function documentFields(fields: readonly PrismaField[]): readonly DocumentField[] {
  return fields.flatMap((field): readonly DocumentField[] => {
    if (field.kind === 'relation') return [];
    const [type, bson] = typeOf(field);
    return [
      {
        name: field.stored,
        type,
        bson,
        depth: field.isList ? 1 : 0,
        isOptional: field.isOptional || field.isList,
        isNullable: field.isOptional && (field.kind === 'composite' || bson !== 'unknown'),
        ...(field.kind === 'composite' ? { children: documentFields(field.children) } : {}),
      },
    ];
  });
}

function typeOf(field: PrismaField): readonly [type: string, bson: string] {
  if (field.isObjectId) return ['ObjectId', 'objectId'];
  if (field.kind === 'enum')
    return [field.words === undefined ? 'string' : field.words.map((word) => `'${word}'`).join(' | '), 'string'];
  return TYPES[field.type] ?? ['unknown', 'unknown'];
}
