/** The BSON classes that are scalars and that a caller may send. */
export const INPUT_CLASSES = [
  'ObjectId',
  'Decimal128',
  'Long',
  'Timestamp',
  'Int32',
  'Double',
  'Binary',
  'BSONRegExp',
] as const;

export type InputClass = (typeof INPUT_CLASSES)[number];

/** Those whose instances hold bytes. The driver's share their memory with other values. */
export const BYTE_CLASSES = ['Binary', 'Decimal128', 'ObjectId'] as const satisfies readonly InputClass[];

export type ByteClass = (typeof BYTE_CLASSES)[number];

/** The BSON classes whose values can be the value of a scope: each compares with one stored value only. */
export const SCOPE_CLASSES = [
  'ObjectId',
  'Decimal128',
  'Long',
  'Int32',
  'Double',
  'Binary',
] as const satisfies readonly InputClass[];

export type ScopeClass = (typeof SCOPE_CLASSES)[number];

/** Scalars that may be stored and returned, but not sent: no caller needs to compare with them. */
export const OUTPUT_CLASSES = ['MinKey', 'MaxKey', 'BSONSymbol'] as const;

export type OutputClass = (typeof OUTPUT_CLASSES)[number];

/** The BSON classes that may be stored at a leaf. A class that BSON adds later is not one of them. */
export const SCALAR_CLASSES = [...INPUT_CLASSES, ...OUTPUT_CLASSES] as const;

export type ScalarClass = (typeof SCALAR_CLASSES)[number];

/** They look like scalars but contain documents, so they are not allowed at a leaf. */
export const CARRIER_CLASSES = ['DBRef', 'Code'] as const;

export type CarrierClass = (typeof CARRIER_CLASSES)[number];
