import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A line to a server on this machine that a test can break. */
export interface BrokenLine {
  readonly port: number;
  /** Breaks each connection after the next command with this name was sent, so its answer never arrives. */
  breakAfter(command: string): void;
  /** Breaks all connections, and takes no more. */
  cut(): Promise<void>;
}

/** Opens a line on 127.0.0.1 to the server at a port of this machine. */
export async function brokenLine(port: number): Promise<BrokenLine> {
  const sockets = new Set<Socket>();
  let awaited: Buffer | undefined;
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    let isMuted = false;
    far.on('data', (bytes: Buffer) => {
      if (isMuted) drop();
      else near.write(bytes);
    });
    near.on('data', (bytes: Buffer) => {
      if (awaited !== undefined && bytes.includes(awaited)) {
        awaited = undefined;
        isMuted = true;
      }
      far.write(bytes);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    breakAfter(command) {
      awaited = Buffer.from(`${command}\0`);
    },
    async cut() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      drop();
      await closed;
    },
  };
}
