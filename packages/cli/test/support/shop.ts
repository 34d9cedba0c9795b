/** A small shop with one fault of each kind, in JavaScript without types. */
export const SHOP = {
  'db.js': `const { MongoClient } = require('mongodb');
const client = new MongoClient(process.env.MONGO);
const getUsersCollection = () => client.db('shop').collection('users');
const getOrdersCollection = () => client.db('shop').collection('orders');
module.exports = { getUsersCollection, getOrdersCollection };
`,
  'app.js': `const express = require('express');
const { ObjectId } = require('mongodb');
const { getUsersCollection, getOrdersCollection } = require('./db');
const app = express();
app.post('/register', async (req, res) => {
  await getUsersCollection().insertOne({ username: String(req.body.username), password_hash: hash(req.body.password), api_key: key() });
  res.sendStatus(201);
});
app.get('/users/:id', async (req, res) => {
  const user = await getUsersCollection().findOne({ _id: new ObjectId(req.params.id) });
  res.json(user);
});
app.get('/me', async (req, res) => {
  const user = await getUsersCollection().findOne({ _id: req.user.id }, { projection: { password_hash: 0 } });
  res.json({ user });
});
app.get('/legacy', async (req, res) => {
  res.send(await getUsersCollection().find({}, { fields: { password_hash: 0 } }).toArray());
});
app.post('/login', async (req, res) => {
  const user = await getUsersCollection().findOne({ username: req.body.username });
  res.json({ name: user.username });
});
app.patch('/me', async (req, res) => {
  await getUsersCollection().updateOne({ _id: req.user.id }, { $set: req.body });
  res.sendStatus(204);
});
app.get('/orders', async (req, res) => {
  const filter = {};
  if (req.query.status) filter.status = req.query.status;
  const orders = await getOrdersCollection().find(filter).project({ product: 1, status: 1 }).toArray();
  res.json(orders);
});
app.post('/orders', async (req, res) => {
  await getOrdersCollection().insertOne({ ...req.body, at: new Date() });
  res.json({ ok: true });
});
app.get('/safe', async (req, res) => {
  const { password_hash, api_key, ...user } = await getUsersCollection().findOne({ username: String(req.query.name) });
  res.json(user);
});
`,
};
