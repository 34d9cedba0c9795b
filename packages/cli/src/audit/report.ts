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
  /** Where it is in the code; none for what is in the database alone. */
  readonly place: Place | undefined;
  /** Stays the same when lines move: what a baseline keeps. */
  readonly fingerprint: string;
}

/** What one call hands out. */
export interface CallReport {
  readonly collections: readonly string[];
  readonly method: string;
  readonly place: Place;
  readonly foundBy: 'type' | 'flow';
  readonly returns: {
    readonly kind: 'nothing' | 'whole' | 'all-but' | 'fields' | 'unknown';
    readonly paths: readonly string[];
  };
  /** The sensitive fields among what it returns. */
  readonly sensitive: readonly string[];
  /** Where its result is sent to a client. */
  readonly responses: readonly Place[];
  /** The sensitive fields that get there. */
  readonly sent: readonly string[];
}

export interface AuditReport {
  readonly version: 1;
  readonly collections: readonly CollectionFacts[];
  readonly calls: readonly CallReport[];
  readonly findings: readonly Finding[];
  /** Calls whose receiver could not be told: read these by hand. */
  readonly unknown: readonly (Place & { readonly method: string })[];
  readonly notes: readonly string[];
}
