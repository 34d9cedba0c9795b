import { callContext, type CallContext } from '../errors/call-context.ts';
import type { Bytes } from '../types/scalar.ts';
import { digestOf, equalDigests } from './digest.ts';

/** Shown instead of a sensitive value wherever it is printed or serialized. */
export const REDACTED = '[redacted]';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that must not be printed, serialized or sent: a private leaf of a privileged read. It is stored in a private
 * field. Strings, JSON, templates, the console, loggers, spreads and structured clones all show `[redacted]`; writing it
 * as BSON is refused. Only `expose()` returns it.
 *
 * @example
 * const user = await logins.findOne({ username }, { projection: { password_hash: 1 } });
 * const isHers = await user?.password_hash.verify((hash) => isPassword(password, hash));
 */
export class Sensitive<out T> {
  /** The only own key, so that code that copies or lists keys shows only this. */
  readonly sensitive: typeof REDACTED = REDACTED;
  readonly #value: T;

  /**
   * @param value - the value to hide.
   * @throws RefusedCallError in a subclass, because its methods could return the value.
   */
  constructor(value: T) {
    if (new.target !== Sensitive) call('constructor').refuse('argument_invalid', "Sensitive can't be subclassed.");
    this.#value = value;
    Object.freeze(this);
  }

  /** True only for instances that this constructor made. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && #value in value;
  }

  /**
   * Returns the value itself. From here on the program has to protect it: no guard recognises it any more.
   *
   * @example
   * const user = await reports.findOne({ username }, { projection: { internal_role: 1 } });
   * const claims = { role: user?.internal_role.expose() };
   */
  expose(): T {
    return this.#value;
  }

  /**
   * Passes the value to a function and returns only its boolean result.
   *
   * @param check - returns `true` or `false`, or a promise of it.
   * @returns the result of `check`; a promise if `check` returned one.
   * @throws RefusedCallError if `check` throws (its error may contain the value, so it is not passed on) or returns
   *   something other than a boolean.
   * @example
   * const user = await logins.findOne({ username }, { projection: { password_hash: 1 } });
   * const isHers = user !== null && (await user.password_hash.verify((hash) => isPassword(password, hash)));
   */
  verify(check: (value: T) => boolean): boolean;
  verify(check: (value: T) => Promise<boolean>): Promise<boolean>;
  verify(check: (value: T) => unknown): boolean | Promise<boolean> {
    let verdict: unknown;
    try {
      verdict = check(this.#value);
    } catch {
      return refuseThrown();
    }
    return verdict instanceof Promise ? verdict.then(asVerdict, refuseThrown) : asVerdict(verdict);
  }

  /**
   * Whether the value is this string or these bytes. The time it takes shows neither where they differ nor how long the
   * value is. A string never equals bytes.
   *
   * @param other - a string or bytes to compare with, such as a key that a caller sent.
   * @throws RefusedCallError if one of the two is neither a string nor bytes. A stored `null` equals nothing.
   * @example
   * const isRight = key.equals(presented);
   */
  equals(
    this: Sensitive<string | Bytes | null | undefined>,
    other: string | Bytes | Sensitive<string | Bytes>,
  ): boolean {
    const asked: unknown =
      typeof other === 'object' && (other as unknown) !== null && #value in other
        ? (other as Sensitive<unknown>).#value
        : other;
    const presented = digestOf(asked) ?? refuseOperand();
    if (this.#value === null || this.#value === undefined) return false;
    return equalDigests(digestOf(this.#value) ?? refuseOperand(), presented);
  }

  /** `[redacted]`. */
  toString(): typeof REDACTED {
    return REDACTED;
  }

  /** `[redacted]`. */
  toJSON(): typeof REDACTED {
    return REDACTED;
  }

  /** Throws: without this the driver would store an object instead of the value. */
  toBSON(): never {
    return call('toBSON').refuse(
      'input_invalid',
      "A Sensitive can't be written to a database. Call expose() if you mean its value.",
    );
  }

  [Symbol.toPrimitive](): typeof REDACTED {
    return REDACTED;
  }

  [inspect](): typeof REDACTED {
    return REDACTED;
  }
}

Object.freeze(Sensitive);
Object.freeze(Sensitive.prototype);

function call(method: string): CallContext {
  return callContext(`Sensitive.${method}`, undefined);
}

function asVerdict(verdict: unknown): boolean {
  if (typeof verdict === 'boolean') return verdict;
  return call('verify').refuse(
    'sensitive_verify',
    'The function given to verify() must return true or false, or a promise of it.',
  );
}

function refuseThrown(): never {
  return call('verify').refuse(
    'sensitive_verify',
    'The function given to verify() threw. Its error may carry the value, so it is not passed on: catch it inside the function.',
  );
}

function refuseOperand(): never {
  return call('equals').refuse('argument_invalid', 'equals() compares a string with a string, or bytes with bytes.');
}
