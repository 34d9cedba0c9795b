import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** What a command printed, and how it ended. */
export interface Ended {
  readonly printed: string;
  readonly code: number | null;
}

/** Somebody who follows a tutorial in an empty folder, with a terminal for commands and one for the service. */
export class Reader {
  #folder: string;
  readonly #whereAmI: string;
  readonly #tarball: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #port: number;
  #service: ChildProcess | undefined;

  private constructor(folder: string, tarball: string, port: number, uri: string) {
    this.#folder = folder;
    this.#whereAmI = join(folder, '.folder');
    this.#tarball = tarball;
    this.#port = port;
    // Without the variables that npm sets for the script that runs the tests.
    const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|VITEST|NODE_ENV|NODE_OPTIONS)/i.test(name));
    this.#env = { ...Object.fromEntries(own), MONGODB_URI: uri, PORT: String(port), NO_COLOR: '1' };
  }

  /** `tarball` is what `npm install safe-collection` installs. */
  static async start(folder: string, tarball: string, uri: string): Promise<Reader> {
    return new Reader(folder, tarball, await freePort(), uri);
  }

  async save(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Runs commands in the folder where the last ones ended. */
  async run(commands: string): Promise<Ended> {
    const script = `set -e\n${this.#adapted(commands)}\npwd > '${this.#whereAmI}'\n`;
    const child = spawn('bash', ['-c', script], { cwd: this.#folder, env: this.#env });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) this.#folder = (await readFile(this.#whereAmI, 'utf8')).trim();
    return { printed: Buffer.concat(chunks).toString(), code };
  }

  /** Stops the service that runs, starts it with this command, and waits until it prints its address. */
  async serve(command: string): Promise<void> {
    await this.stop();
    const child = spawn('bash', ['-c', command], { cwd: this.#folder, env: this.#env, detached: true });
    this.#service = child;
    let printed = '';
    const isReady = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
          if (printed.includes(`:${this.#port}`)) resolve();
        });
      }
      child.once('close', () => reject(new Error(`The service ended: ${printed}`)));
    });
    await isReady;
  }

  async stop(): Promise<void> {
    const child = this.#service;
    this.#service = undefined;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const closed = once(child, 'close');
    // The whole group: npm, tsx and the service.
    process.kill(-child.pid, 'SIGINT');
    await closed;
  }

  #adapted(commands: string): string {
    return commands
      .replace(/^npm install safe-collection /m, `npm install ${this.#tarball} `)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${this.#port}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
