import { once } from 'node:events';
import { connect } from 'node:net';

import { cstring, encode, encodeDocument, int32 } from './encode.ts';

const OP_MSG = 2013;

/** Stores a document of any bytes, as no driver would: the server does not look at its texts. */
export async function storeRaw(uri: string, database: string, collection: string, document: Buffer): Promise<void> {
  const { hostname, port } = new URL(uri.replace('mongodb:', 'http:'));
  const command = encodeDocument([
    ['insert', encode.string(collection)],
    ['documents', encode.array([encode.raw(0x03, document)])],
    ['$db', encode.string(database)],
  ]);
  const body = Buffer.concat([int32(0), Buffer.of(0), command]);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(Buffer.concat([int32(16 + body.length), int32(1), int32(0), int32(OP_MSG), body]));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (!reply.includes(Buffer.concat([Buffer.of(0x10), cstring('n'), int32(1)])))
    throw new Error('The server did not store the document.');
}
