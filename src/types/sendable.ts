import type { Sensitive } from '../values/sensitive.ts';
import type { Exposed, IsNotExposed } from './exposed.ts';
import type { Refused } from './refused.ts';
import type { Scalar } from './scalar.ts';
import type { IsAny } from './type-fest.ts';

/**
 * A response body, as far as the compiler can see: it has no `any`, no `Sensitive`, no privileged result and no
 * function. Whether an object is a result or a look-alike shows at run time only.
 */
export type CheckSendable<T> =
  IsAny<T> extends true
    ? never
    : [Extract<T, Sensitive<unknown>>] extends [never]
      ? CheckPart<T>
      : Refused<'a Sensitive is never sent'>;

type CheckPart<T> = T extends Scalar
  ? unknown
  : T extends Exposed<unknown>
    ? unknown
    : IsNotExposed<T> extends true
      ? Refused<'the result of a privileged read is never sent'>
      : T extends (...args: never) => unknown
        ? Refused<'a function is never sent'>
        : { readonly [K in keyof T]: CheckSendable<T[K]> };
