/**
 * The interface of Standard Schema validators (zod, valibot, arktype and others).
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

/** The result of a validator: a value, or issues. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The Standard Schema of a view's results. */
export interface ViewSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'safe-collection';
    readonly validate: (value: unknown) => StandardResult<Output>;
    /** Only for the compiler. */
    readonly types?: { readonly input: Output; readonly output: Output } | undefined;
  };
}
