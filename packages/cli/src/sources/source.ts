import type { Edit } from '../migrate/edit.ts';
import type { NameIndex, Node, OpenedProject } from '../project/index.ts';
import type { DocumentField } from './document-field.ts';

/** Where a translation has the driver's collection; it is put in when the file is written. */
export const COLLECTION = '__COLLECTION__';

/** A name that translated code uses. */
export type SourceImport = 'ObjectId' | 'missing' | 'asPattern';

/** A call in the driver's words. */
export interface Translation {
  /** The call, with `COLLECTION` for the collection. */
  readonly text: string;
  readonly imports: ReadonlySet<SourceImport>;
  /** A sentence for a comment above the call. */
  readonly mark?: string | undefined;
}

/** A call of the other library, as it was found. */
export interface SourceCall {
  /** What is replaced: the call with all that is chained to it. */
  readonly node: Node;
  readonly method: string;
  /** The collection; nothing if it is not known. */
  readonly collection: string | undefined;
  /** Relative to the project's folder, with slashes. */
  readonly file: string;
  readonly line: number;
  /** Throws `CannotMigrate` with the reason. */
  readonly translate: () => Translation;
}

/** A collection that the other library's schema describes. */
export interface SourceCollection {
  readonly name: string;
  readonly fields: readonly DocumentField[];
}

/** What is to be migrated, and what is known of the documents. */
export interface Source {
  readonly calls: readonly SourceCall[];
  readonly collections: readonly SourceCollection[];
  /** The file that opens the database. */
  readonly databaseFile: string;
  /** Changes beside the calls, in a file that opens the database now: `openDatabase()` goes with them. */
  readonly opening: readonly OpeningEdit[];
}

export interface OpeningEdit {
  readonly edit: Edit;
  /** What the file has to import of the database file. */
  readonly name: string;
}

/** Reads what the other library is used for in a project. */
export type ReadSource = (opened: OpenedProject, index: NameIndex) => Source;
