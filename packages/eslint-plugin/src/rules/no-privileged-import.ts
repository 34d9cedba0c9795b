import { type FolderOptions, folderSchema, isInFolders } from '../ast/folders.ts';
import { constantString, type Node, sourceOfType } from '../ast/nodes.ts';
import { defineRule, type SourceCode } from '../rule.ts';

/** The name of the entry, and its file in the installed package, because a path bypasses the package's `exports`. */
const PRIVILEGED = /(?:^|[/\\])safe-collection[/\\](?:(?:dist|src)[/\\])?privileged(?:\.[cm]?[jt]s)?$/;
/** The constant beginning of a template that may result in the entry's name. */
const COMPLETABLE = /(?:^|\/)safe-collection\/(?:dist\/|src\/)?p?$|(?:^|\/)safe-collection\/(?:dist\/|src\/)?priv/;

export const noPrivilegedImport = defineRule<'privileged' | 'unknown', [FolderOptions?]>({
  name: 'no-privileged-import',
  docs: {
    description: 'Allow imports of `safe-collection/privileged` only in the folders that you name.',
    usesTypes: false,
  },
  messages: {
    privileged:
      "Privileged reads return private fields, so 'safe-collection/privileged' must not be imported here. Move this code to a folder that the rule allows.",
    unknown: "This may load 'safe-collection/privileged'. Write the module name as a literal.",
  },
  schema: folderSchema,
  defaultOptions: [],
  create(context) {
    if (isInFolders(context, context.options[0]?.allow ?? [])) return {};
    const code = context.sourceCode;
    const check = (node: Node, source: Node | null | undefined): void => {
      if (source === null || source === undefined) return;
      const name = constantString(code, source);
      if (name !== undefined && PRIVILEGED.test(name)) context.report({ node, messageId: 'privileged' });
      else if (name === undefined && mayBecomePrivileged(code, source)) context.report({ node, messageId: 'unknown' });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportEqualsDeclaration: (node) => {
        if (node.moduleReference.type === 'TSExternalModuleReference') check(node, node.moduleReference.expression);
      },
      TSImportType: (node) => check(node, sourceOfType(node)),
      // Any function that gets the name may load it: require(), createRequire(…)(), module.require(), importActual() of a mock.
      CallExpression: (node) => check(node, node.arguments[0]),
    };
  },
});

function mayBecomePrivileged(code: SourceCode, source: Node): boolean {
  const start = source.type === 'TemplateLiteral' ? source.quasis[0]?.value.cooked : startOfSum(code, source);
  return start !== undefined && start !== null && COMPLETABLE.test(start);
}

function startOfSum(code: SourceCode, source: Node): string | undefined {
  if (source.type !== 'BinaryExpression' || source.operator !== '+') return undefined;
  return constantString(code, source.left) ?? startOfSum(code, source.left);
}
