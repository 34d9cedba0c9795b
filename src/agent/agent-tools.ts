import { handles } from '../collection/collection-handle.ts';
import { quote } from '../errors/quote.ts';
import { callContext, type CallContext } from '../errors/call-context.ts';
import { AGENT_METHODS, type AgentMethod } from '../grammar/agent-operators.ts';
import { givenOptions } from '../input/given-options.ts';
import { readArray, readObject } from '../input/read.ts';
import type {
  AgentOptions,
  AgentTools,
  CheckToolChoice,
  ToolChoice,
  ToolDescriptor,
  ToolNames,
} from '../types/agent.ts';
import type { WrittenAs } from '../types/written.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { readAgentSettings, type AgentSettings } from './agent-settings.ts';
import { inputSchemaOf } from './input-schemas.ts';
import { outputSchemaOf } from './output-schemas.ts';
import { ToolRunner, type Tool } from './tool-runner.ts';
import type { ToolReads } from './run-query.ts';
import { fieldsOf } from './tool-fields.ts';

/**
 * Makes tools for a language model from collections: descriptors with JSON Schemas, and an executor that takes only JSON. A tool reads
 * what the view of its collection makes public, within the scope that the collection is bound to. The model never learns of the scope.
 *
 * @param collections - a `SafeDb`, what its `scoped()` returns, or an object of collections.
 * @param choice - which tools are made: `{ orders: ['find', 'count', 'aggregate'] }` makes `orders_find` and so on.
 * @param options - `maxRows`, `maxBytes` and `maxTimeMS` cap each call; `describe` says what the fields are; `onCall` is called for the
 *   log.
 * @returns the tools. A call of a model that is refused is an answer, and nothing is sent.
 * @throws RefusedCallError if the choice or an option is refused.
 * @example
 * const tools = agentTools(shop, { orders: ['find', 'count', 'aggregate'] }, { maxRows: 20 });
 * const answer = await tools.call('orders_count', '{"filter":{"field":"product","op":"eq","value":"lamp"}}');
 */
export function agentTools<const D extends object, const T extends ToolChoice>(
  collections: D,
  choice: WrittenAs<T, ToolChoice> & CheckToolChoice<D, T>,
  ...options: readonly [options?: AgentOptions<NoInfer<D>>]
): AgentTools<ToolNames<T>>;
export function agentTools(collections: object, choice: unknown, ...options: readonly unknown[]): AgentTools {
  const call = callContext('agentTools', undefined);
  const settings = readAgentSettings(givenOptions(options), call);
  const chosen = readObject(choice, 'the choice of tools', call);
  if (chosen.length === 0) call.refuse('argument_invalid', "The choice names no collection: { orders: ['find'] }.");
  const tools = chosen.flatMap(([name, methods]) =>
    toolsOf(collections, name, readMethods(methods, name, call), settings, call),
  );
  const names = tools.map(({ descriptor }) => descriptor.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) call.refuse('argument_invalid', `Two tools would have the name ${quote(twice)}.`, twice);
  for (const name of settings.describe.keys())
    if (!chosen.some(([each]) => each === name))
      call.refuse('option_value', `\`describe\` names ${quote(name)}, which has no tools.`, name);
  const runner = new ToolRunner(tools, settings);
  return Object.freeze({
    descriptors: deepFreeze(tools.map(({ descriptor }) => descriptor)),
    call: async (name: string, input: unknown, ...rest: readonly unknown[]) =>
      await runner.call(name, input, givenOptions(rest)),
  });
}

function readMethods(value: unknown, name: string, call: CallContext): readonly AgentMethod[] {
  const methods = readArray(value, `the methods of ${quote(name)}`, call);
  if (methods.length === 0)
    return call.refuse('argument_invalid', `Name at least one method for ${quote(name)}.`, name);
  return methods.map(
    (method) =>
      AGENT_METHODS.find((each) => each === method) ??
      call.refuse('argument_invalid', `A tool of ${quote(name)} is not one of ${AGENT_METHODS.join(', ')}.`, name),
  );
}

function toolsOf(
  collections: object,
  name: string,
  methods: readonly AgentMethod[],
  { maxRows, describe }: AgentSettings,
  call: CallContext,
): readonly Tool[] {
  const reads: unknown = Reflect.get(collections, name);
  const handle = typeof reads === 'object' && reads !== null ? handles.get(reads) : undefined;
  if (handle === undefined)
    return call.refuse('argument_invalid', `${quote(name)} is not a SafeCollection of these collections.`, name);
  // Throws if the view has a scope and the collection is not bound to one.
  const own: CallContext<ViewPolicy> = handle.call('find');
  // Throws if the collection has no keys for the cursors of pages.
  if (methods.includes('paginate')) handle.sealer(own);
  const described = describe.get(name);
  const fields = fieldsOf(own.policy, own.view, described?.fields ?? new Map());
  if (fields.shown.size === 0)
    return call.refuse('view_empty', `The view of ${quote(name)} shows no field besides those of its scope.`, name);
  assertKnown(described?.fields, fields, call);
  return methods.map((method) => ({
    method,
    fields,
    reads: reads as ToolReads,
    descriptor: {
      name: toolName(name, method, call),
      description: [DESCRIPTIONS[method](name), described?.description].filter((each) => each !== undefined).join(' '),
      inputSchema: inputSchemaOf(method, fields, maxRows),
      outputSchema: outputSchemaOf(method, fields, own),
    },
  }));
}

function assertKnown(
  described: ReadonlyMap<string, unknown> | undefined,
  { shown, filterable }: Tool['fields'],
  call: CallContext,
): void {
  const unknown = [...(described?.keys() ?? [])].find((path) => !shown.has(path) && !filterable.has(path));
  if (unknown !== undefined)
    call.refuse('option_value', `\`describe\` names ${quote(unknown)}, which is not a field of these tools.`, unknown);
}

const DESCRIPTIONS = {
  find: (name) => `Returns documents of ${name}: the fields that you name in \`projection\`.`,
  count: (name) => `Counts documents of ${name}.`,
  paginate: (name) =>
    `Returns one page of the documents of ${name}, and the cursors of the pages around it. Keep all other parts of the input the same.`,
  aggregate: (name) => `Groups documents of ${name} by fields, and computes measures of each group.`,
} as const satisfies Record<AgentMethod, (name: string) => string>;

/** The names that the interfaces of language models take. */
const TOOL_NAME = /^[\w-]{1,64}$/;

function toolName(collection: string, method: AgentMethod, call: CallContext): string {
  const name = `${collection}_${method}`;
  if (TOOL_NAME.test(name)) return name;
  return call.refuse(
    'argument_invalid',
    `${quote(name)} can't be the name of a tool: it takes 64 letters, digits, _ and -. Pass the collection under another name: agentTools({ orders }, …).`,
    collection,
  );
}

function deepFreeze<V extends readonly ToolDescriptor[]>(value: V): V {
  const freeze = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    Object.freeze(each);
    Object.values(each).forEach(freeze);
  };
  freeze(value);
  return value;
}
