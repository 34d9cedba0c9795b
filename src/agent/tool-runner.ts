import { callContext } from '../errors/call-context.ts';
import type { AgentMethod } from '../grammar/agent-operators.ts';
import { isAbortSignal, throwIfAborted } from '../input/abort-signal.ts';
import { readOptionEntries } from '../input/read.ts';
import type { ToolAnswer, ToolCallEntry, ToolDescriptor, ToolRefusal } from '../types/agent.ts';
import type { AgentSettings } from './agent-settings.ts';
import { listed } from './read-input.ts';
import { readAggregateQuery, readCountQuery, readFindQuery, readPageQuery } from './read-query.ts';
import { refusalOf } from './refusal-of.ts';
import type { Rows } from './row-collector.ts';
import { runAggregate, runCount, runFind, runPage, type CallCaps, type PageRows, type ToolReads } from './run-query.ts';
import type { ToolFields } from './tool-fields.ts';

/** A tool: what it is called, and the collection that it reads. */
export interface Tool {
  readonly method: AgentMethod;
  readonly fields: ToolFields;
  readonly reads: ToolReads;
  readonly descriptor: ToolDescriptor;
}

interface Output {
  readonly text: string;
  readonly rows: number;
}

/** Runs the calls of a model, one at a time or several at once. */
export class ToolRunner {
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #settings: AgentSettings;

  constructor(tools: readonly Tool[], settings: AgentSettings) {
    this.#tools = new Map(tools.map((tool) => [tool.descriptor.name, tool] as const));
    this.#settings = settings;
  }

  async call(name: unknown, input: unknown, options: unknown): Promise<ToolAnswer> {
    const given = readSignal(options);
    const tool = typeof name === 'string' ? this.#tools.get(name) : undefined;
    const filterPaths: string[] = [];
    const began = performance.now();
    const finish = (answer: ToolAnswer, rows: number): ToolAnswer => {
      this.#report({
        ...(tool === undefined ? {} : { tool: tool.descriptor.name, view: tool.fields.view }),
        filterPaths: [...new Set(filterPaths)],
        rows,
        bytes: Buffer.byteLength(answer.text),
        milliseconds: performance.now() - began,
        ...(answer.ok ? {} : { code: answer.refusal.code }),
      });
      return answer;
    };
    try {
      if (tool === undefined) return finish(refused(this.#unknownTool()), 0);
      const { text, rows } = await this.#run(tool, input, given, filterPaths);
      return finish({ ok: true, output: JSON.parse(text) as Record<string, unknown>, text }, rows);
    } catch (error) {
      throwIfAborted(given);
      const refusal = refusalOf(error, this.#settings);
      if (refusal === undefined) throw error;
      return finish(refused(refusal), 0);
    }
  }

  async #run(
    { method, fields, reads }: Tool,
    input: unknown,
    given: AbortSignal | undefined,
    paths: string[],
  ): Promise<Output> {
    const { maxRows } = this.#settings;
    const caps = (): CallCaps => this.#caps(given);
    switch (method) {
      case 'find':
        return listOf('documents', await runFind(reads, readFindQuery(input, fields, maxRows, paths), caps()));
      case 'count':
        return { text: `{"count":${await runCount(reads, readCountQuery(input, fields, paths), caps())}}`, rows: 0 };
      case 'aggregate':
        return listOf('groups', await runAggregate(reads, readAggregateQuery(input, fields, maxRows, paths), caps()));
      case 'paginate':
        return pageOf(await runPage(reads, readPageQuery(input, fields, maxRows, paths), caps()));
    }
  }

  /** The server stops each command after the time, and the signal ends the call as a whole. */
  #caps(given: AbortSignal | undefined): CallCaps {
    const { maxBytes, maxTimeMS } = this.#settings;
    const timer = AbortSignal.timeout(maxTimeMS);
    const signal = given === undefined ? timer : AbortSignal.any([given, timer]);
    return { maxBytes, options: { maxTimeMS, signal } };
  }

  #unknownTool(): ToolRefusal {
    return {
      code: 'tool_unknown',
      what: 'There is no tool of this name.',
      instead: `Use one of: ${listed([...this.#tools.keys()])}.`,
    };
  }

  /** Calls the hook. If it fails, now or later, the answer is the same. */
  #report(entry: ToolCallEntry): void {
    const { onCall } = this.#settings;
    const report = async (): Promise<void> => {
      try {
        await onCall?.(Object.freeze(entry));
      } catch {
        // A log that fails must not change the answer.
      }
    };
    void report();
  }
}

function refused(refusal: ToolRefusal): ToolAnswer {
  return { ok: false, refusal, text: JSON.stringify({ error: refusal }) };
}

function listOf(part: string, { json, hasMore }: Rows): Output {
  return { text: `{"${part}":[${json.join(',')}],"hasMore":${hasMore}}`, rows: json.length };
}

function pageOf({ json, next, previous }: PageRows): Output {
  const cursors = `"next":${JSON.stringify(next)},"previous":${JSON.stringify(previous)}`;
  return { text: `{"documents":[${json.join(',')}],${cursors}}`, rows: json.length };
}

/** The signal of the program. A wrong option is the program's mistake, so it throws. */
function readSignal(options: unknown): AbortSignal | undefined {
  if (options === undefined) return undefined;
  const call = callContext('call', undefined);
  const entries = readOptionEntries(options, 'the options', call);
  const surplus = entries.find(([name]) => name !== 'signal');
  if (surplus !== undefined) call.refuse('option_unknown', 'The only option of a call is `signal`.', surplus[0]);
  const signal = entries[0]?.[1];
  if (signal === undefined || isAbortSignal(signal)) return signal;
  return call.refuse('option_value', 'The option `signal` must be an AbortSignal.', 'signal');
}
