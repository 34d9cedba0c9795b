import { Node } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';

/** The type of a map without a value type. */
export const ENDS = { map: 'Record<string, unknown>' } as const;

const TYPES: Readonly<Record<string, readonly [type: string, bson: string]>> = {
  string: ['string', 'string'],
  number: ['number', 'double'],
  boolean: ['boolean', 'bool'],
  bool: ['boolean', 'bool'],
  date: ['Date', 'date'],
  buffer: ['Binary', 'binData'],
  objectid: ['ObjectId', 'objectId'],
  oid: ['ObjectId', 'objectId'],
  decimal128: ['Decimal128', 'decimal'],
  bigint: ['bigint', 'long'],
  uuid: ['Binary', 'binData'],
  int32: ['number', 'int'],
  double: ['number', 'double'],
  mixed: ['unknown', 'unknown'],
  object: ['unknown', 'unknown'],
  map: [ENDS.map, 'unknown'],
};

/** The type of `String`, `Schema.Types.ObjectId` or `'Number'`. */
export function scalarType(node: Node): { readonly type: string; readonly bson: string; readonly depth?: number } {
  const name = Node.isStringLiteral(node) ? node.getLiteralValue() : (node.getText().split('.').at(-1) ?? '');
  if (name.toLowerCase() === 'array') return { type: 'unknown', bson: 'unknown', depth: 1 };
  const known = TYPES[name.toLowerCase()];
  if (known === undefined)
    throw new CannotMigrate(`the type '${node.getText().slice(0, 40)}' of its schema can’t be read`);
  const [type, bson] = known;
  return { type, bson };
}
