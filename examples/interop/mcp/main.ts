import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { MongoClient } from 'mongodb';
import { agentTools } from 'safe-collection/agent';

import { openShop } from '../shop/open-shop.ts';
import { serveTools } from './serve-tools.ts';

// Of a program that a host starts over stdio. The shop of the session comes from its configuration, not from the model.
const client = await new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017/shop').connect();
const { products } = openShop(client.db(), process.env['SHOP_ID'] ?? 'acme');
const tools = agentTools(
  { products },
  { products: ['find', 'count', 'aggregate'] },
  {
    maxRows: 20,
    describe: { products: { description: 'The products of this shop.', fields: { added_at: { kind: 'date' } } } },
    // Standard output belongs to the protocol.
    onCall: (entry) => console.error(JSON.stringify(entry)),
  },
);
const server = serveTools(tools);
server.onclose = () => void client.close();
await server.connect(new StdioServerTransport());
