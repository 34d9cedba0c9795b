import {
  CONDITION_OPERATORS,
  DATE_UNITS,
  MEASURES,
  TOOL_LIMITS,
  type AgentMethod,
  type ConditionOperator,
  type FieldKind,
} from '../grammar/agent-operators.ts';
import type { ToolSchema } from '../types/agent.ts';
import type { ConditionField, ToolField, ToolFields } from './tool-fields.ts';

type Schema = Readonly<Record<string, unknown>>;

const DATE = { type: 'string', description: 'ISO 8601, such as 2026-03-14 or 2026-03-14T09:26:53Z' };
const ID = { type: 'string', pattern: '^[0-9a-fA-F]{24}$' };

const LITERALS = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: DATE,
  id: ID,
} as const satisfies Record<FieldKind, Schema>;

const CURSORS: Schema = {
  after: { type: 'string', description: 'The `next` of an answer, for the page after it.' },
  before: { type: 'string', description: 'The `previous` of an answer, for the page before it.' },
};

const ANY_LITERAL: Schema = {
  anyOf: [{ type: ['string', 'number', 'boolean'] }, closed({ date: DATE }, ['date']), closed({ id: ID }, ['id'])],
};

/** The schema of what a model passes to a tool. It names the fields that the model may use, and no others. */
export function inputSchemaOf(method: AgentMethod, fields: ToolFields, maxRows: number): ToolSchema {
  const filter = fields.filterable.size === 0 ? {} : { filter: { $ref: '#/$defs/condition' } };
  const limit = { type: 'integer', minimum: 1, maximum: maxRows, default: maxRows };
  const documentParts = (sortable: ReadonlyMap<string, ToolField>): Schema => ({
    projection: {
      description: 'The fields to return.',
      ...list(names(fields.shown), fields.shown.size),
      uniqueItems: true,
    },
    ...filter,
    ...sortPart(sortable.size === 0 ? undefined : names(sortable)),
    limit,
  });
  const definitions = fields.filterable.size === 0 ? {} : { $defs: { condition: conditionSchema(fields) } };
  switch (method) {
    case 'find':
      return {
        ...closed(
          {
            ...documentParts(fields.sortable),
            skip: { type: 'integer', minimum: 0, maximum: TOOL_LIMITS.skip },
          },
          ['projection'],
        ),
        ...definitions,
      };
    case 'paginate':
      return {
        ...closed({ ...documentParts(fields.pageable), ...CURSORS }, ['projection']),
        ...definitions,
      };
    case 'count':
      return { ...closed(filter, []), ...definitions };
    case 'aggregate':
      return {
        ...closed(
          {
            ...filter,
            ...groupPart(fields),
            measures: list(measureSchema(fields), TOOL_LIMITS.measures),
            ...sortPart({ type: 'string', description: 'The name of a measure, or a field of the group.' }),
            limit,
          },
          ['measures'],
        ),
        ...definitions,
      };
  }
}

function closed(properties: Schema, required: readonly string[]): ToolSchema {
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function list(items: Schema, maxItems: number): Schema {
  return { type: 'array', items, minItems: 1, maxItems };
}

/** The names of fields, with what the program says of them. */
function names(fields: ReadonlyMap<string, ToolField>): Schema {
  const described = [...fields.values()].flatMap(({ path, description }) =>
    description === undefined ? [] : [`${path}: ${description}`],
  );
  return { enum: [...fields.keys()], ...(described.length > 0 ? { description: described.join('\n') } : {}) };
}

function sortPart(field: Schema | undefined): Schema {
  if (field === undefined) return {};
  const order = closed({ field, direction: { enum: ['asc', 'desc'] } }, ['field', 'direction']);
  return { sort: list(order, TOOL_LIMITS.sortFields) };
}

function groupPart({ grouped }: ToolFields): Schema {
  if (grouped.size === 0) return {};
  const dates = new Map([...grouped].filter(([, { kind }]) => kind === 'date'));
  const byUnit = closed({ field: names(dates), unit: { enum: DATE_UNITS } }, ['field', 'unit']);
  const key = dates.size === 0 ? names(grouped) : { anyOf: [names(grouped), byUnit] };
  return {
    group: {
      description: 'The fields whose equal values make a group. Without it, all documents are one group.',
      ...list(key, TOOL_LIMITS.groupFields),
    },
  };
}

function measureSchema({ grouped }: ToolFields): Schema {
  const name = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,39}$' };
  const count = closed({ name, op: { enum: ['count'] } }, ['name', 'op']);
  if (grouped.size === 0) return count;
  const others = Object.keys(MEASURES).filter((each) => each !== 'count');
  return { anyOf: [count, closed({ name, op: { enum: others }, field: names(grouped) }, ['name', 'op', 'field'])] };
}

/** One comparison, or several that are combined. Fields of one kind share their comparisons. */
function conditionSchema({ filterable }: ToolFields): Schema {
  const alike = new Map<string, ConditionField[]>();
  for (const field of filterable.values()) {
    const key = `${field.kind ?? ''} ${field.operators.join()}`;
    alike.set(key, [...(alike.get(key) ?? []), field]);
  }
  const conditions = list({ $ref: '#/$defs/condition' }, TOOL_LIMITS.conditions);
  return {
    description: `At most ${TOOL_LIMITS.conditions} conditions, nested at most ${TOOL_LIMITS.depth} levels deep.`,
    anyOf: [
      ...[...alike.values()].flatMap(comparisonsOf),
      closed({ and: conditions }, ['and']),
      closed({ or: conditions }, ['or']),
      closed({ not: { $ref: '#/$defs/condition' } }, ['not']),
    ],
  };
}

function comparisonsOf(fields: readonly ConditionField[]): readonly Schema[] {
  const [{ kind, operators } = { kind: undefined, operators: [] }] = fields;
  const field = names(new Map(fields.map((each) => [each.path, each] as const)));
  const byOperand = new Map<string, ConditionOperator[]>();
  for (const name of operators) {
    const { takes } = CONDITION_OPERATORS[name];
    byOperand.set(takes, [...(byOperand.get(takes) ?? []), name]);
  }
  return [...byOperand].map(([takes, ops]) =>
    closed({ field, op: { enum: ops }, value: operandSchema(takes, kind) }, ['field', 'op', 'value']),
  );
}

function operandSchema(takes: string, kind: FieldKind | undefined): Schema {
  const literal = kind === undefined ? ANY_LITERAL : LITERALS[kind];
  switch (takes) {
    case 'value or null':
      return { anyOf: [literal, { type: 'null' }] };
    case 'values':
      return list(literal, TOOL_LIMITS.values);
    case 'boolean':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: TOOL_LIMITS.text };
    default:
      return literal;
  }
}
