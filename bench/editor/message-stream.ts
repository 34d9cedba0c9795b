import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Message = Readonly<Record<string, unknown>>;

/** A process that exchanges JSON messages with `Content-Length` headers, as language servers do. */
export class MessageStream {
  readonly #process: ChildProcess;
  readonly #input: Writable;
  #rest: Buffer = Buffer.alloc(0);

  /** @param onMessage - called with each message of the process. */
  constructor(args: readonly string[], onMessage: (message: Message) => void) {
    this.#process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#input = this.#process.stdin as Writable;
    (this.#process.stdout as Readable).on('data', (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      for (let message = this.#take(); message !== undefined; message = this.#take()) onMessage(message);
    });
  }

  /** Sends a message as the Language Server Protocol frames it. */
  sendFramed(message: Message): void {
    const text = JSON.stringify(message);
    this.#input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** Sends a message as one line, as tsserver expects it. */
  sendLine(message: Message): void {
    this.#input.write(`${JSON.stringify(message)}\n`);
  }

  async end(): Promise<void> {
    const closed = once(this.#process, 'exit');
    this.#process.kill();
    await closed;
  }

  #take(): Message | undefined {
    const start = this.#rest.indexOf('\r\n\r\n');
    const length = /Content-Length: (\d+)/.exec(this.#rest.toString('latin1', 0, Math.max(start, 0)))?.[1];
    if (start < 0 || length === undefined) return undefined;
    const body = start + 4;
    const end = body + Number(length);
    if (this.#rest.length < end) return undefined;
    const message = JSON.parse(this.#rest.toString('utf8', body, end)) as Message;
    this.#rest = this.#rest.subarray(end);
    return message;
  }
}
