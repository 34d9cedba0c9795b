import { initTRPC, TRPCError } from '@trpc/server';
import { SafeCollectionError, RefusedCallError } from 'safe-collection';
import { z } from 'zod';

import type { Products } from '../shop/open-shop.ts';
import { productView } from '../shop/views.ts';

const { router, procedure } = initTRPC.context<{ readonly products: Products }>().create();

const card = productView.select({ sku: 1, name: 1, price: 1 });

/** An error of the library as one of tRPC: its message has no stored value. */
function toTrpc(error: unknown): unknown {
  if (!(error instanceof SafeCollectionError)) return error;
  const code = error instanceof RefusedCallError ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return new TRPCError({ code, message: error.message });
}

const guarded = procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof SafeCollectionError) throw toTrpc(result.error.cause);
  return result;
});

/** The output of a procedure is checked by the view: a result with any other field is an error, and is not sent. */
export const productRouter = router({
  bySku: guarded
    .input(z.object({ sku: z.string() }))
    .output(productView.toStandardSchema(card))
    .query(async ({ ctx, input }) => {
      const product = await ctx.products.findOne({ sku: input.sku }, { projection: card });
      if (product === null) throw new TRPCError({ code: 'NOT_FOUND' });
      return product;
    }),
  sortedBy: guarded
    .input(z.object({ field: z.string() }))
    .query(({ ctx, input }) =>
      ctx.products.find({}, { projection: card, sort: { [input.field]: 1 } as { price: 1 } }).toArray(),
    ),
});
