import {
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  Kind,
  type GraphQLResolveInfo,
} from 'graphql';

import type { Products } from '../shop/open-shop.ts';
import { productView } from '../shop/views.ts';

/** What the resolvers of a request share. */
export interface ShopContext {
  readonly products: Products;
}

const PATHS: Readonly<Record<string, string>> = { sku: 'sku', name: 'name', price: 'price', city: 'supplier.city' };

const Product = new GraphQLObjectType<{ readonly supplier?: { readonly city?: string } }>({
  name: 'Product',
  fields: {
    sku: { type: GraphQLString },
    name: { type: GraphQLString },
    price: { type: GraphQLFloat },
    city: { type: GraphQLString, resolve: ({ supplier }) => supplier?.city },
  },
});

/** The fields that a query asks for, as paths of the view. Only these are read from the database. */
function projectionOf({ fieldNodes }: GraphQLResolveInfo) {
  const names = fieldNodes.flatMap(({ selectionSet }) =>
    (selectionSet?.selections ?? []).flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : [])),
  );
  const paths = [...new Set(names)].flatMap((name) => PATHS[name] ?? []);
  return paths.length === 0 ? productView.select(['sku']) : productView.selectFields(paths);
}

const Query = new GraphQLObjectType<undefined, ShopContext>({
  name: 'Query',
  fields: {
    products: {
      type: new GraphQLList(Product),
      args: { limit: { type: GraphQLInt, defaultValue: 10 } },
      resolve: (_root, { limit }: { limit: number }, { products }, info) =>
        products.find({}, { projection: projectionOf(info), sort: { price: 1 }, limit }).toArray(),
    },
  },
});

export const productSchema = new GraphQLSchema({ query: Query });
