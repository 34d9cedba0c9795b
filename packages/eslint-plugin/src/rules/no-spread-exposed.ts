import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../rule.ts';
import { isExposed } from '../types/is-exposed.ts';
import { typeInformation } from '../types/type-information.ts';

export const noSpreadExposed = defineRule<'spread' | 'assign', []>({
  name: 'no-spread-exposed',
  docs: { description: 'Do not add fields to an `Exposed` value with a spread or `Object.assign()`.', usesTypes: true },
  messages: {
    spread:
      'A spread keeps the brand of an Exposed value, so the compiler treats the new fields as public. Put the value under its own key: { user, total }.',
    assign:
      'Object.assign() keeps the brand of an Exposed value, so the compiler treats the new fields as public. Put the value under its own key: { user, total }.',
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const types = typeInformation(context.sourceCode);
    if (types === undefined) return {};
    const hasBrand = (node: TSESTree.Node): boolean => isExposed(types.checker, types.typeOf(node));
    return {
      ObjectExpression(node) {
        // A copy without new fields can't contain a private field.
        if (node.properties.length < 2) return;
        for (const part of node.properties) {
          if (part.type === 'SpreadElement' && hasBrand(part.argument))
            context.report({ node: part, messageId: 'spread' });
        }
      },
      CallExpression(node) {
        if (!isObjectAssign(node)) return;
        const given = node.arguments.filter((argument) => !isEmptyObject(argument));
        if (given.length < 2) return;
        for (const argument of given) {
          const value = argument.type === 'SpreadElement' ? argument.argument : argument;
          if (hasBrand(value)) context.report({ node: argument, messageId: 'assign' });
        }
      },
    };
  },
});

function isObjectAssign({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'assign'
  );
}

function isEmptyObject(node: TSESTree.Node): boolean {
  return node.type === 'ObjectExpression' && node.properties.length === 0;
}
