import type { Sensitive } from '../values/sensitive.ts';
import type { Exposed, IsNotExposed } from './exposed.ts';
import type { Refused } from './refused.ts';
import type { Scalar } from './scalar.ts';
import type { IsAny } from './type-fest.ts';

/**
 * Checks a response body as far as the compiler can: it refuses `any`, `Sensitive`, privileged results and functions. Whether an
 * object is a real result is checked at run time.
 */
export type CheckSendable<T> =
  IsAny<T> extends true
    ? never
    : [Extract<T, Sensitive<unknown>>] extends [never]
      ? CheckPart<T>
      : Refused<'a Sensitive must not be sent'>;

type CheckPart<T> = T extends Scalar
  ? unknown
  : T extends Exposed<unknown>
    ? unknown
    : IsNotExposed<T> extends true
      ? Refused<'the result of a privileged read must not be sent'>
      : T extends (...args: never) => unknown
        ? Refused<'a function must not be sent'>
        : { readonly [K in keyof T]: CheckSendable<T[K]> };
