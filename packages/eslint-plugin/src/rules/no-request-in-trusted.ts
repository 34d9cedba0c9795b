import type { TSESTree } from '@typescript-eslint/utils';

import { importedName } from '../ast/imported-name.ts';
import { type Node, withoutTypes } from '../ast/nodes.ts';
import { RequestFlow } from '../flow/request-flow.ts';
import { RequestObjects } from '../flow/request-object.ts';
import { REQUEST_NAMES } from '../flow/request-words.ts';
import { defineRule } from '../rule.ts';
import { typeInformation } from '../types/type-information.ts';

export interface RequestOptions {
  /** More names of variables that hold requests. */
  readonly requestNames?: readonly string[];
}

const PACKAGE = 'safe-collection';
const MARKS: ReadonlySet<string> = new Set(['trusted', 'op']);

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
    const requests = new RequestObjects(
      code,
      [...REQUEST_NAMES, ...(context.options[0]?.requestNames ?? [])],
      typeInformation(code),
    );
    const reported = new Set<Node>();

    const isMark = (node: Node): boolean => MARKS.has(importedName(code, node, PACKAGE) ?? '');

    const check = (node: Node, messageId: 'trusted' | 'op', flow: RequestFlow): void => {
      for (const { value, isKey } of partsOf(node, isMark)) {
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
        const name = importedName(code, node.callee, PACKAGE);
        if (name !== 'trusted' && name !== 'op') return;
        const flow = new RequestFlow(code, requests, name === 'trusted');
        for (const argument of node.arguments) check(argument, name, flow);
      },
    };
  },
});

interface Part {
  readonly value: Node;
  readonly isKey: boolean;
}

/** The parts of a literal argument, so that the part from the request is reported. */
function partsOf(node: Node, isMark: (callee: Node) => boolean): readonly Part[] {
  const below = (inner: Node | null): readonly Part[] => (inner === null ? [] : partsOf(inner, isMark));
  const bare = withoutTypes(node);
  if (bare.type === 'ObjectExpression')
    return bare.properties.flatMap((property) =>
      property.type === 'SpreadElement' ? below(property.argument) : [...keyOf(property), ...below(property.value)],
    );
  if (bare.type === 'ArrayExpression') return bare.elements.flatMap(below);
  if (bare.type === 'SpreadElement') return below(bare.argument);
  if (bare.type === 'CallExpression' && isMark(bare.callee)) return bare.arguments.flatMap(below);
  return [{ value: bare, isKey: false }];
}

function keyOf({ key, computed }: TSESTree.Property): readonly Part[] {
  return computed ? [{ value: key, isKey: true }] : [];
}
