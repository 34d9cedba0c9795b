import type { Node, Type } from '../project/index.ts';
import type { Evidence } from '../sensitive/sensitivity.ts';
import type { DocumentField } from '../sources/document-field.ts';
import type { SchemaFacts, SchemaPath } from './schema-facts.ts';

/** The stored document of a schema. If the program has an interface for it, that decides which fields may be missing or null. */
export function documentFields(schema: SchemaFacts, declared: Type | undefined, at: Node): readonly DocumentField[] {
  const own = schema.paths.map((path) => fieldOf(path, declared, at));
  const has = (name: string) => own.some((field) => field.name === name);
  const date = (name: string | undefined): readonly DocumentField[] =>
    name === undefined || has(name) ? [] : [{ ...PLAIN, name, type: 'Date', bson: 'date' }];
  return [
    ...(has('_id') ? [] : [ID]),
    ...own.map((field) => (field.name === '_id' ? { ...field, isOptional: false, isNullable: false } : field)),
    ...date(schema.created),
    ...date(schema.updated),
    ...(schema.versionKey === undefined
      ? []
      : [
          {
            ...PLAIN,
            name: schema.versionKey,
            type: 'number',
            bson: 'int',
            isOptional: true,
            hidden: VERSION,
          },
        ]),
  ];
}

const VERSION: Evidence = { sensitivity: 'internal', what: 'Mongoose counts versions here', by: 'name' };
const HIDDEN: Evidence = { sensitivity: 'secret', what: 'select: false in the schema', by: 'name' };
const PLAIN = { depth: 0, isOptional: false, isNullable: false } as const;
const ID: DocumentField = { ...PLAIN, name: '_id', type: 'ObjectId', bson: 'objectId' };

function fieldOf(path: SchemaPath, declared: Type | undefined, at: Node): DocumentField {
  const type = declared?.getProperty(path.name)?.getTypeAtLocation(at);
  const members = type === undefined ? [] : type.isUnion() ? type.getUnionTypes() : [type];
  const isMissing = type === undefined ? isOptional(path) : members.some((one) => one.isUndefined());
  const inner = members.find((one) => !one.isUndefined() && !one.isNull());
  const element = path.depth > 0 ? inner?.getArrayElementType() : inner;
  return {
    name: path.name,
    type: path.type,
    bson: path.bson,
    depth: path.depth,
    isOptional: isMissing,
    isNullable:
      path.children === undefined &&
      path.depth === 0 &&
      path.bson !== 'unknown' &&
      (type === undefined ? isMissing : members.some((one) => one.isNull())),
    ...(path.isHidden ? { hidden: HIDDEN } : {}),
    ...(path.children === undefined
      ? {}
      : {
          children: [
            ...(path.hasId && !path.children.some(({ name }) => name === '_id') ? [ID] : []),
            ...path.children.map((child) => fieldOf(child, element, at)),
          ],
        }),
  };
}

/** Arrays and nested objects are always present; other fields have to be required or have a default. */
function isOptional(path: SchemaPath): boolean {
  if (path.depth > 0 || path.isRequired || path.default !== undefined) return false;
  return path.children === undefined || path.isSubdocument || path.children.every((child) => isOptional(child));
}
