import type { CollectionFacts } from '../catalogue/collection-facts.ts';
import type { RuleId } from './rules.ts';

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Finding {
  readonly rule: RuleId;
  /** One sentence, without values. */
  readonly message: string;
  readonly collection: string | undefined;
  /** The place in the code; none for findings in the database. */
  readonly place: Place | undefined;
  /** Identifies the finding in a baseline. It does not change when lines move. */
  readonly fingerprint: string;
}

/** What one call returns. */
export interface CallReport {
  readonly collections: readonly string[];
  readonly method: string;
  readonly place: Place;
  readonly foundBy: 'type' | 'flow';
  readonly returns: {
    readonly kind: 'nothing' | 'whole' | 'all-but' | 'fields' | 'unknown';
    readonly paths: readonly string[];
  };
  /** The sensitive fields that it returns. */
  readonly sensitive: readonly string[];
  /** Where its result is sent to a client. */
  readonly responses: readonly Place[];
  /** The sensitive fields that are sent. */
  readonly sent: readonly string[];
}

export interface AuditReport {
  readonly version: 1;
  readonly collections: readonly CollectionFacts[];
  readonly calls: readonly CallReport[];
  readonly findings: readonly Finding[];
  /** Calls whose collection is not known: read these by hand. */
  readonly unknown: readonly (Place & { readonly method: string })[];
  readonly notes: readonly string[];
}
