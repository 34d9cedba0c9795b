import type { TSESTree } from '@typescript-eslint/utils';

import { importedName } from '../ast/imported-name.ts';
import { type Node, propertyName, typeAnnotationOf, variableOf, withoutTypes } from '../ast/nodes.ts';
import { type Context, defineRule, type SourceCode } from '../rule.ts';
import { containsAny } from '../types/contains-any.ts';
import { isDeclaredIn } from '../types/package-of.ts';
import { type TypeInformation, typeInformation } from '../types/type-information.ts';

type Messages = 'any' | 'cast' | 'removeCast';
type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type IsAny = (node: Node) => boolean;

/** The method names of a collection, used without types. */
const METHODS: ReadonlySet<string> = new Set([
  'find',
  'findOne',
  'findJson',
  'paginate',
  'countDocuments',
  'distinct',
  'aggregate',
  'findPopulated',
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'bulkWrite',
]);

export const noAnyArgument = defineRule<Messages, []>({
  name: 'no-any-argument',
  docs: {
    description: 'Do not pass `any`, or a value cast to `any` or `never`, to a call of the library.',
    usesTypes: true,
  },
  messages: {
    any: "This is 'any', so the compiler can't check it against the view. Give it a type: SafeFilter<typeof view>, a schema's output, or 'unknown' until it is checked.",
    cast: "A cast to '{{type}}' hides this from the compiler, so it can't check the value against the view. Use the value's own type.",
    removeCast: "Remove the cast to '{{type}}'.",
  },
  schema: [],
  defaultOptions: [],
  hasSuggestions: true,
  create(context) {
    const code = context.sourceCode;
    const types = typeInformation(code);
    const isAny: IsAny =
      types === undefined
        ? (node) => isWrittenAny(code, node)
        : (node) => containsAny(types.checker, types.typeOf(node));
    const check = (node: Call): void => {
      if (types === undefined ? !looksSafe(code, node) : !isOfLibrary(types, node)) return;
      for (const argument of node.arguments) checkValue(context, argument, isAny);
    };
    return { CallExpression: check, NewExpression: check };
  },
});

function isOfLibrary(types: TypeInformation, node: Call): boolean {
  const declaration = types.checker.getResolvedSignature(
    types.tsNodeOf(node) as Parameters<typeof types.checker.getResolvedSignature>[0],
  )?.declaration;
  if (declaration !== undefined && isDeclaredIn('safe-collection', [declaration])) return true;
  return isDeclaredIn('safe-collection', types.typeOf(node.callee).getSymbol()?.declarations);
}

function looksSafe(code: SourceCode, node: Call): boolean {
  if (
    importedName(code, node.callee, 'safe-collection') !== undefined ||
    importedName(code, node.callee, 'safe-collection/privileged') !== undefined
  )
    return true;
  const callee = withoutTypes(node.callee);
  return callee.type === 'MemberExpression' && METHODS.has(propertyName(code, callee) ?? '');
}

/** Checks the parts of a literal argument, so that the part that is `any` is reported. */
function checkValue(context: Context<Messages, []>, node: Node, isAny: IsAny): void {
  const into = (inner: Node | null): void => {
    if (inner !== null) checkValue(context, inner, isAny);
  };
  switch (node.type) {
    case 'ObjectExpression':
      return node.properties.forEach((part) => into(part.type === 'SpreadElement' ? part.argument : part.value));
    case 'ArrayExpression':
      return node.elements.forEach(into);
    case 'SpreadElement':
      return into(node.argument);
    case 'ConditionalExpression':
      into(node.consequent);
      return into(node.alternate);
    case 'LogicalExpression':
      into(node.left);
      return into(node.right);
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return into(node.expression);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return checkCast(context, node, isAny);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return;
    default:
      if (isAny(node)) context.report({ node, messageId: 'any' });
  }
}

function checkCast(
  context: Context<Messages, []>,
  node: TSESTree.TSAsExpression | TSESTree.TSTypeAssertion,
  isAny: IsAny,
): void {
  const type = CASTS[node.typeAnnotation.type];
  const { expression } = node;
  if (type !== undefined) {
    const text = context.sourceCode.getText(expression);
    const suggest = [
      {
        messageId: 'removeCast' as const,
        data: { type },
        fix: (fixer: Fixer) => fixer.replaceText(node, expression.type === 'ObjectExpression' ? text : `(${text})`),
      },
    ];
    return context.report({ node, messageId: 'cast', data: { type }, suggest });
  }
  // `x as any as Filter` counts as a cast to any. `body as SignUp` says what the program expects, and the guard checks it.
  if (expression.type === 'TSAsExpression' || expression.type === 'TSTypeAssertion')
    return checkCast(context, expression, isAny);
  if (isAny(node)) context.report({ node, messageId: 'any' });
}

type Fixer = Parameters<NonNullable<Parameters<Context<Messages, []>['report']>[0]['fix']>>[0];

const CASTS: Readonly<Record<string, string>> = { TSAnyKeyword: 'any', TSNeverKeyword: 'never' };

/** Whether a value is `any` according to this file: by its declaration, or as the result of a function. */
function isWrittenAny(code: SourceCode, node: Node): boolean {
  const bare = withoutTypes(node);
  if (bare.type === 'TSAsExpression' || bare.type === 'TSTypeAssertion')
    return bare.typeAnnotation.type === 'TSAnyKeyword';
  if (bare.type === 'CallExpression') return code.getText(bare.callee) === 'JSON.parse';
  if (bare.type !== 'Identifier') return false;
  return (
    variableOf(code, bare)?.defs.some(({ name, node: definition }) => isDeclaredAny(code, name, definition)) === true
  );
}

function isDeclaredAny(code: SourceCode, name: Node, definition: Node): boolean {
  const declared = typeAnnotationOf(name);
  if (declared !== undefined) return declared.type === 'TSAnyKeyword';
  if (definition.type !== 'VariableDeclarator' || definition.init === null || definition.id !== name) return false;
  const { init } = definition;
  if (init.type === 'TSAsExpression' || init.type === 'TSTypeAssertion')
    return init.typeAnnotation.type === 'TSAnyKeyword';
  return init.type === 'CallExpression' && code.getText(init.callee) === 'JSON.parse';
}
