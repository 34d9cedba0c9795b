import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

/*
 * A small router for tests. It is no mongos: it has no chunks, no balancer and no cursors. It sends a command to the mongod of its shard key,
 * or to both if the command does not name the key, and adds up the answers. Everything else goes to the first mongod.
 */

const OP_MSG = 2013;
const HEADER = 16;

export interface Routed {
  readonly command: string;
  /** The mongods that got it. */
  readonly shards: readonly number[];
}

export interface Router {
  readonly uri: string;
  /** The commands with a filter or documents, in their order. */
  readonly routed: Routed[];
  close(): Promise<void>;
}

/** Starts a router in front of two servers. `placeOf` says which one has the documents with a value of the shard key. */
export async function startRouter(
  ports: readonly [number, number],
  key: string,
  placeOf: (value: unknown) => 0 | 1,
): Promise<Router> {
  const routed: Routed[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const shards = ports.map((port) => connect(port, '127.0.0.1'));
    for (const socket of [client, ...shards]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => [client, ...shards].forEach((each) => each.destroy()));
    }
    /** What the shards answered so far to a command that went to both. */
    const open = new Map<number, Document[]>();
    const fromShard = (message: Buffer): void => {
      const asked = open.get(message.readInt32LE(8));
      if (asked === undefined) {
        client.write(message);
        return;
      }
      asked.push(documentsIn(message)[0] ?? {});
      if (asked.length === shards.length) client.write(answer(message, merged(asked)));
    };
    for (const shard of shards) shard.on('data', messages(fromShard));
    client.on(
      'data',
      messages((message) => {
        const filters = message.readInt32LE(12) === OP_MSG ? filtersOf(documentsIn(message)) : undefined;
        const values = filters?.documents.map((filter) => valueIn(filter, key)) ?? [];
        const both = values.includes(undefined) ? [0, 1] : [...new Set(values.map(placeOf))];
        const targets = filters === undefined ? [0] : both;
        if (filters !== undefined) routed.push({ command: filters.command, shards: targets });
        if (targets.length > 1) open.set(message.readInt32LE(4), []);
        for (const target of targets) shards[target]?.write(message);
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    uri: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true&retryWrites=false`,
    routed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Collects bytes and passes on whole messages. */
function messages(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** The documents of a message: the command, then those of its sequences. */
function documentsIn(message: Buffer): Document[] {
  const found: Document[] = [];
  const end = message.length - ((message.readInt32LE(HEADER) & 1) === 1 ? 4 : 0);
  for (let at = HEADER + 4; at < end;) {
    const isSequence = message[at] === 1;
    const size = message.readInt32LE(at + 1);
    const start = isSequence ? message.indexOf(0, at + 5) + 1 : at + 1;
    const stop = at + 1 + size;
    for (let one = start; one < stop; one += message.readInt32LE(one))
      found.push(BSON.deserialize(message.subarray(one, one + message.readInt32LE(one))));
    at = stop;
  }
  return found;
}

function filtersOf([command = {}, ...sequence]: readonly Document[]):
  | { command: string; documents: Document[] }
  | undefined {
  const name = Object.keys(command)[0] ?? '';
  const filters: Record<string, () => Document[]> = {
    insert: () => command['documents'] ?? sequence,
    update: () => (command['updates'] ?? sequence).map(({ q }: Document) => q),
    delete: () => (command['deletes'] ?? sequence).map(({ q }: Document) => q),
    find: () => [command['filter'] ?? {}],
    count: () => [command['query'] ?? {}],
    distinct: () => [command['query'] ?? {}],
    findAndModify: () => [command['query'] ?? {}],
    aggregate: () => [command['pipeline'][0]?.['$match'] ?? {}],
  };
  const documents = filters[name];
  return documents === undefined ? undefined : { command: name, documents: documents() };
}

/** The value that a filter or a document has for the shard key. */
function valueIn(filter: Document, key: string): unknown {
  const parts: readonly Document[] = filter['$and'] ?? [];
  const value: unknown = filter[key];
  const own = typeof value === 'object' && value !== null && '$eq' in value ? value.$eq : value;
  return typeof own === 'object'
    ? undefined
    : (own ?? parts.map((part) => valueIn(part, key)).find((one) => one !== undefined));
}

function merged([first = {}, second = {}]: readonly Document[]): Document {
  const sum = (name: string) => (name in first ? { [name]: first[name] + second[name] } : {});
  const batch = first['cursor']?.firstBatch as Document[] | undefined;
  return {
    ...first,
    ...sum('n'),
    ...sum('nModified'),
    ...('value' in first ? { value: first['value'] ?? second['value'] } : {}),
    ...('values' in first ? { values: [...new Set([...first['values'], ...second['values']])] } : {}),
    ...(batch === undefined
      ? {}
      : { cursor: { ...first['cursor'], id: BSON.Long.ZERO, firstBatch: [...batch, ...second['cursor'].firstBatch] } }),
  };
}

function answer(to: Buffer, document: Document): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(to.readInt32LE(8), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
