import type { Db } from 'mongodb';

/** The pipelines that the routes replace, as they are often written, only for the demo. */
export function rawReportCalls(db: Db) {
  const [users, orders] = [db.collection('users'), db.collection('orders')];
  const joined = {
    from: 'orders',
    localField: '_id',
    foreignField: 'user_id',
    as: 'orders',
    pipeline: [{ $sort: { order_date: 1 } }],
  };
  const month = { $dateToString: { date: '$order_date', format: '%Y-%m' } };
  return {
    userOrders: async (username: string) => {
      const counted = { $addFields: { count: { $size: '$orders' }, pieces: { $sum: '$orders.quantity' } } };
      const [user] = await users.aggregate([{ $match: { username } }, { $lookup: joined }, counted]).toArray();
      return user;
    },
    sales: () =>
      orders
        .aggregate([
          {
            $group: {
              _id: { product: '$product', month },
              pieces: { $sum: '$quantity' },
              orders: { $sum: 1 },
              notes: { $first: '$internal_notes' },
              center: { $first: '$cost_center' },
            },
          },
          { $sort: { '_id.month': 1, '_id.product': 1 } },
          { $addFields: { product: '$_id.product', month: '$_id.month' } },
        ])
        .toArray(),
    buyers: (product: string) =>
      orders
        .aggregate([
          { $match: { product } },
          { $sort: { order_date: 1 } },
          { $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyer' } },
          { $unwind: '$buyer' },
        ])
        .toArray(),
  };
}
