declare const exposed: unique symbol;

/**
 * A result that came through a view. The brand exists at compile time only: a raw document, though structurally
 * assignable to the public type, is not an `Exposed`.
 *
 * TypeScript lets a spread keep the brand: `{ ...exposed, password_hash }` is still an `Exposed` for the compiler.
 *
 * @example
 * function render(user: Exposed<PublicUser>): string { return user.username; }
 */
export type Exposed<T> = T & ExposedMark;

/** The brand of an `Exposed`. */
export type ExposedMark = { readonly [exposed]: true };

/** Its key, which is only there for the compiler. A result may be written or be a filter like any other object, so checks pass it over. */
export type ExposedKey = typeof exposed;

/** A type that is not `Exposed` and can't become one by intersection: the results of privileged reads. */
export type NotExposed<T> = T & NotExposedMark;

/** The mark of a `NotExposed`. */
export type NotExposedMark = { readonly [exposed]?: never };

/** Whether a type was made by `NotExposed`. */
export type IsNotExposed<T> = T extends Exposed<unknown> ? false : typeof exposed extends keyof T ? true : false;
