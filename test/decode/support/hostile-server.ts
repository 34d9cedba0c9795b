import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { BSON, type Document } from 'mongodb';

const HEADER = 16;
const OP_MSG = 2013;
const OP_REPLY = 1;
const OP_QUERY = 2004;

/** A server that speaks MongoDB's wire protocol, and answers reads as it likes. */
export interface HostileServer {
  readonly uri: string;
  close(): Promise<void>;
}

/** Makes the message that answers a command. The argument is a right answer, as the body of an OP_MSG. */
export type Damage = (body: Buffer, command: Document) => Buffer;

/**
 * Starts a server on 127.0.0.1 that says it is a standalone mongod. `answer` makes the document that answers a command, and `damage` the bytes
 * of it.
 */
export async function startHostileServer(
  answer: (command: Document) => Document,
  damage: Damage,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= HEADER && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        socket.write(replyTo(message, answer, damage));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true&retryReads=false&serverSelectionTimeoutMS=2000`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function replyTo(message: Buffer, answer: (command: Document) => Document, damage: Damage): Buffer {
  const [requestId, code] = [message.readInt32LE(4), message.readInt32LE(12)];
  // The first hello of a connection comes as a query: flags, the name of the collection, skip, limit, the command.
  if (code === OP_QUERY) return framed(requestId, OP_REPLY, Buffer.concat([Buffer.alloc(16), int32(1), HELLO]));
  const command = BSON.deserialize(message.subarray(HEADER + 5));
  const body = (document: Uint8Array) => Buffer.concat([int32(0), Buffer.of(0), document]);
  if ('hello' in command || 'ismaster' in command || 'isMaster' in command)
    return framed(requestId, OP_MSG, body(HELLO));
  if (code !== OP_MSG) return framed(requestId, OP_MSG, body(BSON.serialize({ ok: 1 })));
  return framed(requestId, OP_MSG, damage(body(BSON.serialize(answer(command))), command));
}

const HELLO = BSON.serialize({
  ok: 1,
  isWritablePrimary: true,
  helloOk: true,
  minWireVersion: 0,
  maxWireVersion: 17,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
});

function framed(responseTo: number, code: number, body: Buffer): Buffer {
  return Buffer.concat([int32(HEADER + body.length), int32(1), int32(responseTo), int32(code), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
