import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, withoutTypes } from '../ast/nodes.ts';
import { resultsOf } from '../flow/calls.ts';
import { type Mark, Marks } from '../flow/mark-calls.ts';
import { RequestFlow } from '../flow/request-flow.ts';
import { RequestObjects } from '../flow/request-object.ts';
import { REQUEST_NAMES } from '../flow/request-words.ts';
import { defineRule } from '../rule.ts';
import { typeInformation } from '../types/type-information.ts';

export interface RequestOptions {
  /** More names of variables that hold requests. */
  readonly requestNames?: readonly string[];
}

export const noRequestInTrusted = defineRule<'trusted' | 'op', [RequestOptions?]>({
  name: 'no-request-in-trusted',
  docs: { description: 'Do not pass request input to `trusted()` and `op()`.', usesTypes: false },
  messages: {
    trusted:
      "'{{source}}' comes from the request, but trusted() is for values that the program sets. Pass it as the call's filter, document or update, which the view checks.",
    op: "'{{source}}' comes from the request, and op() accepts operators in it. Convert it to a scalar first: op({ $gte: Number(value) }).",
  },
  schema: [
    {
      type: 'object',
      properties: {
        requestNames: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          uniqueItems: true,
          description: 'More names of variables that hold requests.',
        },
      },
      additionalProperties: false,
    },
  ],
  defaultOptions: [],
  create(context) {
    const code = context.sourceCode;
    const types = typeInformation(code);
    const requests = new RequestObjects(code, [...REQUEST_NAMES, ...(context.options[0]?.requestNames ?? [])], types);
    const marks = new Marks(code, types);
    const reported = new Set<Node>();

    const isMark = (node: Node): boolean => marks.of(node) !== undefined;

    const check = (node: Node, messageId: Mark): void => {
      for (const { value, isKey, isOperand } of partsOf(node, isMark)) {
        const isTrusted = messageId === 'trusted';
        const flow = new RequestFlow(code, requests, { scalars: isTrusted, checked: isTrusted || !isOperand });
        const source = isKey ? flow.key(value) : flow.find(value);
        if (source === undefined || reported.has(value)) continue;
        reported.add(value);
        context.report({
          node: value,
          messageId,
          data: { source: source.type === 'Identifier' ? source.name : code.getText(source) },
        });
      }
    };
    return {
      CallExpression(node) {
        const called = marks.calledBy(node);
        for (const value of called?.values ?? []) check(value, called?.mark ?? 'trusted');
      },
    };
  },
});

interface Part {
  readonly value: Node;
  readonly isKey: boolean;
  /** Whether it is the operand of an operator that takes scalars. The guard refuses an object there. */
  readonly isOperand: boolean;
}

const SCALAR_OPERATORS: ReadonlySet<string> = new Set([
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$size',
  '$exists',
  '$mod',
]);

/** The parts of a literal argument, so that the part from the request is reported. */
function partsOf(node: Node, isMark: (callee: Node) => boolean, isOperand = false): readonly Part[] {
  const below = (inner: Node | null, isOperandOf = false): readonly Part[] =>
    inner === null ? [] : partsOf(inner, isMark, isOperandOf);
  const valueOf = ({ kind, key, computed, value }: TSESTree.Property): readonly Part[] => {
    const name = computed || key.type !== 'Identifier' ? '' : key.name;
    return (kind === 'get' ? resultsOf(value) : [value]).flatMap((one) => below(one, SCALAR_OPERATORS.has(name)));
  };
  const bare = withoutTypes(node);
  if (bare.type === 'ObjectExpression')
    return bare.properties.flatMap((property) =>
      property.type === 'SpreadElement' ? below(property.argument) : [...keyOf(property), ...valueOf(property)],
    );
  if (bare.type === 'ArrayExpression') return bare.elements.flatMap((one) => below(one, isOperand));
  if (bare.type === 'SpreadElement') return below(bare.argument);
  if (bare.type === 'CallExpression' && isMark(bare.callee)) return bare.arguments.flatMap((one) => below(one));
  return [{ value: bare, isKey: false, isOperand }];
}

function keyOf({ key, computed }: TSESTree.Property): readonly Part[] {
  return computed ? [{ value: key, isKey: true, isOperand: false }] : [];
}
