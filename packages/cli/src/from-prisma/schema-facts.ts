/** A field of a Prisma model or of a composite type. */
export interface PrismaField {
  /** Its name in the client, and in the stored document. */
  readonly name: string;
  readonly stored: string;
  /** `String`, `Int`, an enum, a composite type or a model. */
  readonly type: string;
  readonly kind: 'scalar' | 'enum' | 'composite' | 'relation';
  readonly isList: boolean;
  readonly isOptional: boolean;
  readonly isObjectId: boolean;
  readonly isUpdatedAt: boolean;
  /** The default value: TypeScript source, or the name of a function that only Prisma has. */
  readonly default: PrismaDefault | undefined;
  /** The names of an enum; nothing if they are stored with other names. */
  readonly words: readonly string[] | undefined;
  /** The fields of a composite type. */
  readonly children: readonly PrismaField[];
  /** The field that holds the id of the other record, by the client's name. */
  readonly foreignKey: string | undefined;
}

export interface PrismaDefault {
  readonly kind: 'text' | 'auto' | 'computed';
  readonly text: string;
}

export interface PrismaModel {
  /** `user` of `prisma.user`. */
  readonly client: string;
  readonly name: string;
  readonly collection: string;
  readonly fields: readonly PrismaField[];
  /** The model that a referential action changes if one of these records is deleted. */
  readonly guarded: string | undefined;
}

export interface PrismaSchema {
  readonly models: readonly PrismaModel[];
  /** The source of the expression for the connection string. */
  readonly address: string;
}

export function fieldNamed(fields: readonly PrismaField[], name: string): PrismaField | undefined {
  return fields.find((field) => field.name === name);
}
