import { BSON_TYPE } from './bson-type.ts';

/** The first byte of `$ref`, `$id` and `$db`. */
export const DOLLAR = 0x24;

const DB_REF_KEYS: ReadonlySet<string> = new Set(['$ref', '$id', '$db']);

/** The keys of a document that begin with `$`, with the BSON types of their values. */
export type DollarKeys = Map<string, number>;

/**
 * Whether the driver would decode a document with these keys to a DBRef (bson 7.3, toPotentialDbRef). A DBRef contains other
 * fields, so it is not allowed at a public path.
 */
export function isDbRef(dollars: DollarKeys, promotesSymbols: boolean): boolean {
  const isText = (type: number | undefined): boolean =>
    type === BSON_TYPE.string || (promotesSymbols && type === BSON_TYPE.symbol);
  for (const key of dollars.keys()) if (!DB_REF_KEYS.has(key)) return false;
  const id = dollars.get('$id');
  if (id === undefined || id === BSON_TYPE.null || id === BSON_TYPE.undefined) return false;
  return isText(dollars.get('$ref')) && (!dollars.has('$db') || isText(dollars.get('$db')));
}
