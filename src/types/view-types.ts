/** The compile-time property under which a view carries its types. */
export declare const viewTypes: unique symbol;
