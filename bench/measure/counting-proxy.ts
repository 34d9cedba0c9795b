import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy to the server that counts bytes. */
export interface CountingProxy {
  /** The connection string of the proxy. */
  readonly uri: string;
  /** Bytes from the server so far. */
  received(): number;
  /** Bytes to the server so far. */
  sent(): number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and passes everything on to the first host of a connection string. */
export async function openCountingProxy(serverUri: string): Promise<CountingProxy> {
  const target = hostOf(serverUri);
  const sockets = new Set<Socket>();
  let received = 0;
  let sent = 0;
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // Otherwise the kernel delays small packets, and each call takes 40 ms more.
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
      // If one side closes, the other is closed too, without an error.
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => {
      sent += chunk.length;
    });
    upstream.on('data', (chunk) => {
      received += chunk.length;
    });
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    // Otherwise the client would get the members of the replica set, and bypass this proxy.
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    received: () => received,
    sent: () => sent,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function hostOf(uri: string): { readonly host: string; readonly port: number } {
  const host = /^mongodb:\/\/(?:[^@/]*@)?(?<host>[^:,/?]+)(?::(?<port>\d+))?/.exec(uri)?.groups;
  if (host?.['host'] === undefined)
    throw new Error('The bytes on the wire are counted for a mongodb:// connection string only');
  return { host: host['host'], port: Number(host['port'] ?? 27_017) };
}
