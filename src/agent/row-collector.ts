import { ToolFault } from './tool-fault.ts';

/** The rows of an answer as JSON, and whether there are more. */
export interface Rows {
  readonly json: readonly string[];
  readonly hasMore: boolean;
}

/** Collects rows until there are as many as allowed, or their JSON has as many bytes. */
export class RowCollector {
  readonly #limit: number;
  readonly #maxBytes: number;

  constructor(limit: number, maxBytes: number) {
    this.#limit = limit;
    this.#maxBytes = maxBytes;
  }

  /** Leaving the loop closes the cursor. */
  async collect(rows: AsyncIterable<object>, shape: (row: object) => object): Promise<Rows> {
    const json: string[] = [];
    let bytes = 0;
    for await (const row of rows) {
      if (json.length === this.#limit) return { json, hasMore: true };
      const text = toJson(shape(row));
      bytes += Buffer.byteLength(text) + 1;
      if (bytes > this.#maxBytes && json.length === 0) refuseSize(this.#maxBytes);
      if (bytes > this.#maxBytes) return { json, hasMore: true };
      json.push(text);
    }
    return { json, hasMore: false };
  }
}

/** JSON has no number for a `bigint`. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}

function refuseSize(maxBytes: number): never {
  throw new ToolFault({
    code: 'answer_too_large',
    what: `One row alone has more than the ${maxBytes} bytes that an answer may have.`,
    where: 'projection',
    instead: 'Ask for fewer fields.',
  });
}
