/** The paths of a view. */
export interface ServiceView {
  readonly public: readonly string[];
  readonly writable: readonly string[];
  readonly arrays: readonly string[];
}

/** How a call is written: most are the same for the library and for the driver. */
export interface Dialect {
  readonly imports: string;
  /** The collection `id` of documents `Stored_id`, and its whole projection `whole_id`. */
  readonly declare: (id: string, view: ServiceView) => string;
  /** Operators in a filter. */
  readonly op: (operators: string) => string;
  /** A new document of what a caller gave and what the program adds. */
  readonly insert: (id: string, given: string, own: string) => string;
  /** An update of what a caller gave and what the program adds. */
  readonly update: (id: string, filter: string, given: string, own: string) => string;
  /** A read whose filter has a condition of the program. */
  readonly findOne: (id: string, filter: string, own: string, projection: string) => string;
}

export const LIBRARY: Dialect = {
  imports: `import type { Collection, ObjectId } from 'mongodb';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';`,
  declare: (id, view) => `const whole_${id} = defineView<Stored_${id}>()({
  public: { ${listed(view.public)} },
  writable: { ${listed(view.writable)} },
  arrays: { ${listed(view.arrays)} },
});
const ${id} = new SafeCollection({} as Collection<Stored_${id}>, whole_${id});`,
  op: (operators) => `op(${operators})`,
  insert: (id, given, own) => `${id}.insertOne({ ${given} }, { trusted: trusted({ set: { ${own} } }) })`,
  update: (id, filter, given, own) =>
    `${id}.updateOne({ ${filter} }, { $set: { ${given} } }, { trusted: trusted({ update: { $set: { ${own} } } }) })`,
  findOne: (id, filter, own, projection) =>
    `${id}.findOne({ ${filter} }, { projection: ${projection}, trusted: trusted({ filter: { ${own} } }) })`,
};

export const DRIVER: Dialect = {
  imports: `import type { Collection, ObjectId } from 'mongodb';`,
  declare: (id, view) => `declare const ${id}: Collection<Stored_${id}>;
const whole_${id} = { ${listed(view.public)} };`,
  op: (operators) => operators,
  insert: (id, given, own) => `${id}.insertOne({ _id: own_id, ${given}, ${own} })`,
  update: (id, filter, given, own) => `${id}.updateOne({ ${filter} }, { $set: { ${given}, ${own} } })`,
  findOne: (id, filter, own, projection) => `${id}.findOne({ ${filter}, ${own} }, { projection: ${projection} })`,
};

function listed(paths: readonly string[]): string {
  return paths.map((path) => `'${path}': 1`).join(', ');
}
