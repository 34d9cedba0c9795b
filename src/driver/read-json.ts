import type { EjsonMode } from '../grammar/ejson-modes.ts';
import type { FindPlan } from '../plan/plan.ts';
import { JsonBuffer } from '../results/json/json-buffer.ts';
import type { JsonTarget } from '../results/json/json-reader.ts';
import { provedJson, type ProvedJson } from '../results/json/proved-json.ts';
import type { DocumentSource } from './document-source.ts';
import { openJson } from './execute.ts';
import type { Target } from './target.ts';

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Opens the source that writes to a target. */
export type OpenJson = (target: JsonTarget) => DocumentSource<true>;

/** Reads all documents of a `findJson`. */
export async function findJson(target: Target, plan: FindPlan<'findJson'>): Promise<ProvedJson> {
  return await readJson((json) => openJson(target, plan, json), plan.ejson);
}

/** All documents as one JSON array. */
export async function readJson(open: OpenJson, ejson: EjsonMode | undefined): Promise<ProvedJson> {
  const out = new JsonBuffer();
  const source = open({ out, format: 'array', ejson });
  out.byte(OPEN_ARRAY);
  await source.rest();
  out.byte(CLOSE_ARRAY);
  return provedJson(out.finish());
}

/** The documents as chunks of JSON, one for each batch. Nothing is sent of a batch with an error. */
export class JsonChunks {
  readonly #source: DocumentSource<true>;
  readonly #target: JsonTarget;
  #isDone = false;

  constructor(open: OpenJson, target: JsonTarget) {
    this.#source = open(target);
    this.#target = target;
    if (target.format === 'array') target.out.byte(OPEN_ARRAY);
  }

  /** The next chunk, or `undefined` after the last. */
  async next(): Promise<Buffer | undefined> {
    const { out, format } = this.#target;
    while (!this.#isDone) {
      if (await this.#source.fetch()) {
        while (this.#source.take() !== undefined);
        if (this.#source.hasFailed) continue;
      } else {
        this.#isDone = true;
        if (format === 'array') out.byte(CLOSE_ARRAY);
      }
      if (out.length > 0) return out.take();
    }
    return undefined;
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
