import { defineView } from 'safe-collection';

import { customerSchema, type Customer } from './customer-schema.ts';

/** What a caller may write. */
const written = customerSchema.pick({ name: true, email: true, age: true });

/**
 * A view from a zod object. The document type is inferred from the schema, so a path that it does not have does not compile. The schema
 * also checks what a caller writes. What is public is still said here: a schema says what is stored, not who may see it.
 */
export const customerView = defineView<Customer>()({
  name: 'customers',
  public: { name: 1, email: 1, age: 1, 'address.city': 1 },
  writable: { name: 1, email: 1, age: 1 },
  validate: { insert: written, update: written.partial() },
});
