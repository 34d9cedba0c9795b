import type { ErrorCode } from './error-codes.ts';
import { SafeCollectionError, type ErrorContext } from './safe-collection-error.ts';

/** The parts of the driver's error that may be shown: fixed numbers and names of the server and the driver, never text. */
export interface DatabaseErrorFacts {
  readonly serverCode?: number;
  readonly serverCodeName?: string;
  readonly labels: readonly string[];
  readonly retryable?: boolean;
}

/**
 * Thrown instead of the driver's error, whose text contains stored values (a duplicate key prints the key, a failed
 * conversion prints the value). `code` is the class: `server_error`, `network_error`, `timeout`, `document_too_large`, `session_ended`,
 * `client_closed`, `bson_invalid` or `driver_error`; `prototype_polluted` if a key was added to a prototype during the call.
 */
export class DatabaseError extends SafeCollectionError {
  /** The server's error code, e.g. `50` for MaxTimeMSExpired. */
  declare readonly serverCode?: number;
  /** The server's name of the error code. */
  declare readonly serverCodeName?: string;
  /** The driver's error labels, e.g. `TransientTransactionError`. */
  readonly labels: readonly string[];
  readonly #retryable: boolean;

  constructor(code: ErrorCode, message: string, context: ErrorContext, facts: DatabaseErrorFacts) {
    super(code, message, context);
    if (facts.serverCode !== undefined) this.serverCode = facts.serverCode;
    if (facts.serverCodeName !== undefined) this.serverCodeName = facts.serverCodeName;
    this.labels = Object.freeze([...facts.labels]);
    this.#retryable = facts.retryable === true;
  }

  /**
   * Whether the same call may be made again: nothing was sent, or it is a read and the cause is temporary, or the server or the driver
   * marked the error as retryable. False for a write or a commit that may have succeeded.
   */
  get retryable(): boolean {
    return this.#retryable;
  }
}

Object.defineProperty(DatabaseError.prototype, 'name', { value: 'DatabaseError' });
