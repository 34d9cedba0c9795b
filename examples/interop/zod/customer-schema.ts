import { z } from 'zod';

/** A zod object as the one description of what is stored. */
export const customerSchema = z.object({
  shop_id: z.string(),
  name: z.string().min(1),
  email: z.email(),
  age: z.int().min(0).optional(),
  address: z.object({ city: z.string(), street: z.string() }),
  password_hash: z.string(),
});

export type Customer = z.infer<typeof customerSchema>;
