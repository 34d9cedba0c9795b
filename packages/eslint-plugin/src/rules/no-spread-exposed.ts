import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName, variableOf, withoutTypes } from '../ast/nodes.ts';
import { patternPath } from '../ast/pattern-path.ts';
import { defineRule, type SourceCode } from '../rule.ts';
import { isExposed } from '../types/is-exposed.ts';
import { isDeclaredIn } from '../types/package-of.ts';
import { type TypeInformation, typeInformation } from '../types/type-information.ts';

export const noSpreadExposed = defineRule<'spread' | 'assign', []>({
  name: 'no-spread-exposed',
  docs: { description: 'Do not add fields to an `Exposed` value with a spread or `Object.assign()`.', usesTypes: true },
  messages: {
    spread:
      'A spread keeps the brand of an Exposed value, so the compiler treats the new fields as public. Put the value under its own key: { user, total }.',
    assign:
      'Object.{{name}}() keeps the brand of an Exposed value, so the compiler treats the new fields as public. Put the value under its own key: { user, total }.',
  },
  schema: [],
  defaultOptions: [],
  create(context) {
    const types = typeInformation(context.sourceCode);
    if (types === undefined) return {};
    const code = context.sourceCode;
    const hasBrand = (node: Node): boolean => isExposed(types.checker, types.typeOf(node));
    return {
      ObjectExpression(node) {
        const parts = node.properties.filter((part) => part.type !== 'SpreadElement' || !isEmptyObject(part.argument));
        // A copy without new fields can't contain a private field.
        if (parts.length < 2 || isArgumentOfLibrary(types, node)) return;
        for (const part of parts) {
          if (part.type !== 'SpreadElement' || isNarrowed(code, part, parts)) continue;
          if (hasBrand(part.argument)) context.report({ node: part, messageId: 'spread' });
        }
      },
      CallExpression(node) {
        const name = objectFunction(code, node);
        if (name === undefined) return;
        // Only the first argument of the other functions is changed.
        const given =
          name === 'assign' ? node.arguments.filter((one) => !isEmptyObject(one)) : node.arguments.slice(0, 1);
        if (name === 'assign' && given.length < 2) return;
        for (const argument of given) {
          const value = argument.type === 'SpreadElement' ? argument.argument : argument;
          if (hasBrand(value)) context.report({ node: argument, messageId: 'assign', data: { name } });
        }
      },
    };
  },
});

/** Methods that return some of the elements of an array. */
const SELECTING: ReadonlySet<string> = new Set(['filter', 'slice', 'toSorted', 'toReversed']);

/** `{ ...ticket, messages: ticket.messages.filter(…) }`: the other parts only select from what is spread. */
function isNarrowed(
  code: SourceCode,
  spread: TSESTree.SpreadElement,
  parts: readonly TSESTree.ObjectLiteralElement[],
): boolean {
  const isPart = (key: string | undefined, value: Node): boolean => {
    const bare = withoutTypes(value);
    if (bare.type === 'CallExpression') {
      const callee = withoutTypes(bare.callee);
      if (callee.type !== 'MemberExpression' || !SELECTING.has(propertyName(code, callee) ?? '')) return false;
      return isPart(key, callee.object);
    }
    if (bare.type !== 'MemberExpression' || spread.argument.type !== 'Identifier') return false;
    return propertyName(code, bare) === key && code.getText(withoutTypes(bare.object)) === spread.argument.name;
  };
  return parts.every(
    (part) => part === spread || (part.type === 'Property' && isPart(propertyName(code, part), part.value)),
  );
}

const ADDING: ReadonlySet<string> = new Set(['assign', 'defineProperty', 'defineProperties']);

/** The function of `Object` that a call adds fields with: `Object.assign()`, or `assign()` of `const { assign } = Object`. */
function objectFunction(code: SourceCode, call: TSESTree.CallExpression): string | undefined {
  const callee = withoutTypes(call.callee);
  const name = callee.type === 'MemberExpression' ? memberOfObject(code, callee) : nameOfObject(code, callee);
  return name !== undefined && ADDING.has(name) ? name : undefined;
}

function memberOfObject(code: SourceCode, callee: TSESTree.MemberExpression): string | undefined {
  return isObject(code, callee.object) ? propertyName(code, callee) : undefined;
}

function nameOfObject(code: SourceCode, callee: Node): string | undefined {
  const [definition] = callee.type === 'Identifier' ? (variableOf(code, callee)?.defs ?? []) : [];
  if (definition?.node.type !== 'VariableDeclarator' || definition.node.init === null) return undefined;
  const { id, init } = definition.node;
  if (init.type === 'MemberExpression') return memberOfObject(code, init);
  return isObject(code, init) ? patternPath(code, id, definition.name as TSESTree.Identifier)?.[0] : undefined;
}

function isObject(code: SourceCode, node: Node): boolean {
  return /^(?:globalThis\.)?Object$/.test(code.getText(node));
}

function isEmptyObject(node: Node): boolean {
  return node.type === 'ObjectExpression' && node.properties.length === 0;
}

/** A filter or an update is checked by the guard, and not sent to a client. */
function isArgumentOfLibrary(types: TypeInformation, node: Node): boolean {
  let at: Node = node;
  while (at.parent !== undefined && INSIDE.has(at.parent.type)) at = at.parent;
  const call = at.parent;
  if (call?.type !== 'CallExpression' || call.callee === at || withoutTypes(call.callee).type !== 'MemberExpression')
    return false;
  const signature = types.checker.getResolvedSignature(
    types.tsNodeOf(call) as Parameters<typeof types.checker.getResolvedSignature>[0],
  );
  return signature?.declaration !== undefined && isDeclaredIn('safe-collection', [signature.declaration]);
}

const INSIDE: ReadonlySet<string> = new Set([
  'Property',
  'ObjectExpression',
  'ArrayExpression',
  'SpreadElement',
  'TSAsExpression',
  'TSSatisfiesExpression',
]);
