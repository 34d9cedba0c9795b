import type { CallContext } from '../errors/call-context.ts';
import type { AgentMethod, FieldKind } from '../grammar/agent-operators.ts';
import type { ToolSchema } from '../types/agent.ts';
import { parsePaths } from '../view/parse-projection.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { toJSONSchema } from '../view/to-json-schema.ts';
import type { ToolField, ToolFields } from './tool-fields.ts';

type Schema = Readonly<Record<string, unknown>>;

const KINDS = {
  string: { type: ['string', 'null'] },
  number: { type: ['number', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], format: 'date-time' },
  id: { type: ['string', 'null'] },
} as const satisfies Record<FieldKind, Schema>;

const CURSOR = { type: ['string', 'null'] };

const HAS_MORE = { type: 'boolean', description: 'Whether there is more than the answer has.' };

/** The schema of what a tool answers. */
export function outputSchemaOf(method: AgentMethod, fields: ToolFields, call: CallContext<ViewPolicy>): ToolSchema {
  switch (method) {
    case 'find':
      return closed({ documents: { type: 'array', items: documentSchema(fields, call) }, hasMore: HAS_MORE });
    case 'paginate':
      return closed({
        documents: { type: 'array', items: documentSchema(fields, call) },
        next: { ...CURSOR, description: 'The cursor for `after`, to get the next page. null on the last page.' },
        previous: {
          ...CURSOR,
          description: 'The cursor for `before`, to get the page before. null on the first page.',
        },
      });
    case 'count':
      return closed({ count: { type: 'integer' } });
    case 'aggregate': {
      const group = {
        type: 'object',
        properties: Object.fromEntries([...fields.grouped.keys()].map((path) => [path, {}])),
      };
      const row = closed({ group: { ...group, additionalProperties: false }, values: { type: 'object' } });
      return closed({ groups: { type: 'array', items: row }, hasMore: HAS_MORE });
    }
  }
}

function closed(properties: Schema): ToolSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** The schema that the view has for its results, with the kinds that the program declared. */
function documentSchema({ shown }: ToolFields, call: CallContext<ViewPolicy>): Schema {
  const { policy } = call;
  const leaves = [...shown.values()].flatMap((field) => {
    const schema = leafSchemaOf(field, policy);
    return schema === undefined ? [] : [[field.path, schema] as const];
  });
  return toJSONSchema(parsePaths([...shown.keys()], policy.public, call), { leaves: Object.fromEntries(leaves) }, call);
}

function leafSchemaOf({ path, kind, description }: ToolField, { public: shown }: ViewPolicy): Schema | undefined {
  const described = description === undefined ? {} : { description };
  const depths = shown.at(path)?.depths;
  if (kind === undefined || depths?.length !== 1) return description === undefined ? undefined : described;
  const [depth = 0] = depths;
  if (depth === 0) return { ...KINDS[kind], ...described };
  let items: Schema = KINDS[kind];
  for (let level = 1; level < depth; level += 1) items = { type: 'array', items };
  return { type: ['array', 'null'], items, ...described };
}
