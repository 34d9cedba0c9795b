import type { Node } from '../project/index.ts';

/** One path of a Mongoose schema. */
export interface SchemaPath {
  readonly name: string;
  /** The TypeScript type of one value, and its BSON type: `unknown` for what has no fixed leaves. */
  readonly type: string;
  readonly bson: string;
  readonly depth: number;
  readonly isRequired: boolean;
  readonly default: Node | undefined;
  /** `trim`, `lowercase`, `uppercase`: the changes that Mongoose makes to each stored or searched value. */
  readonly changes: readonly string[];
  /** Features that only Mongoose has: `set`, `get`, `alias`. */
  readonly functions: readonly string[];
  /** `minlength`, `match` and other validators. */
  readonly validators: readonly string[];
  /** The model that a reference names. */
  readonly ref: string | undefined;
  /** `select: false`. */
  readonly isHidden: boolean;
  readonly children: readonly SchemaPath[] | undefined;
  /** A subdocument is present only if it is given; a nested object always is, with its defaults. */
  readonly isSubdocument: boolean;
  /** Whether each subdocument gets an `_id`. */
  readonly hasId: boolean;
}

export interface SchemaFacts {
  readonly paths: readonly SchemaPath[];
  /** The reason if nothing of the model can be migrated. */
  readonly refusal: string | undefined;
  /** The calls that have hooks: names, or the text of a regular expression. */
  readonly hooks: readonly string[];
  readonly created: string | undefined;
  readonly updated: string | undefined;
  readonly versionKey: string | undefined;
  readonly virtuals: ReadonlySet<string>;
  /** Whether `toJSON` or `toObject` has settings. */
  readonly changesJson: boolean;
  readonly collection: string | undefined;
}

/** The path of a schema at a dotted name, without positions of arrays. */
export function pathAt(paths: readonly SchemaPath[], name: string): SchemaPath | undefined {
  const [first, ...rest] = name.split('.').filter((segment) => !/^(?:\d+|\$(?:\[\w*\])?)$/.test(segment));
  const found = paths.find((path) => path.name === first);
  if (found === undefined || rest.length === 0) return found;
  return found.children === undefined ? undefined : pathAt(found.children, rest.join('.'));
}

/** A path and all paths below it. */
export function allPaths(paths: readonly SchemaPath[]): readonly SchemaPath[] {
  return paths.flatMap((path) => [path, ...allPaths(path.children ?? [])]);
}

/** A path of a schema without options: its name and type are missing. */
export const PLAIN_PATH = {
  depth: 0,
  isRequired: false,
  default: undefined,
  changes: [],
  functions: [],
  validators: [],
  ref: undefined,
  isHidden: false,
  children: undefined,
  isSubdocument: false,
  hasId: false,
} as const;
