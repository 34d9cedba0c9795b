/** The compile-time property that has the types of a view. */
export declare const viewTypes: unique symbol;
