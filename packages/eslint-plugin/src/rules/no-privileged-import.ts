import { type FolderOptions, folderSchema, isInFolders } from '../ast/folders.ts';
import { namesOf } from '../ast/driver-imports.ts';
import { constantString, constantStrings, type Node, sourceOfType } from '../ast/nodes.ts';
import { defineRule, type SourceCode } from '../rule.ts';

/** The name of the entry, and its file in the installed package, because a path bypasses the package's `exports`. */
const PRIVILEGED = /(?:^|[/\\])safe-collection[/\\](?:(?:dist|src)[/\\])?privileged(?:\.[cm]?[jt]s)?$/;
const ENTRY = 'safe-collection/privileged';
/** What the entry exports. */
const NAMES: ReadonlySet<string> = new Set([
  'PrivilegedCollection',
  'Sensitive',
  'PrivilegedRead',
  'PrivilegedSettings',
  'NotExposed',
  'NotExposedMark',
]);
/** The constant beginning of a template that may result in the entry's name. */
const COMPLETABLE = /(?:^|\/)safe-collection\/(?:dist\/|src\/)?p?$|(?:^|\/)safe-collection\/(?:dist\/|src\/)?priv/;

export const noPrivilegedImport = defineRule<'privileged' | 'again' | 'unknown', [FolderOptions?]>({
  name: 'no-privileged-import',
  docs: {
    description: 'Allow imports of `safe-collection/privileged` only in the folders that you name.',
    usesTypes: false,
  },
  messages: {
    privileged:
      "Privileged reads return private fields, so 'safe-collection/privileged' must not be imported here. Move this code to a folder that the rule allows.",
    again:
      "'{{name}}' comes from 'safe-collection/privileged' through a file that exports it again. Export a function that returns no private field instead.",
    unknown: "This may load 'safe-collection/privileged'. Write the module name as a literal.",
  },
  schema: folderSchema,
  defaultOptions: [],
  create(context) {
    if (isInFolders(context, context.options[0]?.allow ?? [])) return {};
    const code = context.sourceCode;
    let isImported = false;
    const check = (node: Node, source: Node | null | undefined): void => {
      if (source === null || source === undefined) return;
      const names = constantStrings(code, source);
      if (names.some((name) => PRIVILEGED.test(plainPath(name)))) {
        isImported = true;
        context.report({ node, messageId: 'privileged' });
      } else if (names.length === 0 && mayBecomePrivileged(code, source))
        context.report({ node, messageId: 'unknown' });
    };
    const found: { readonly node: Node; readonly name: string }[] = [];
    const again = namesOf(code, ENTRY, NAMES, (node, name) => void found.push({ node, name }));
    return {
      ...again,
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => {
        check(node, node.source);
        again.ExportAllDeclaration?.(node);
      },
      ImportExpression: (node) => check(node, node.source),
      NewExpression: (node) => check(node, node.arguments[0]),
      TSImportEqualsDeclaration: (node) => {
        if (node.moduleReference.type === 'TSExternalModuleReference') check(node, node.moduleReference.expression);
      },
      TSImportType: (node) => {
        check(node, sourceOfType(node));
        again.TSImportType?.(node);
      },
      'Program:exit'() {
        // The names of an import that is reported are not reported again.
        if (isImported) return;
        for (const { node, name } of found) context.report({ node, messageId: 'again', data: { name } });
      },
      // Any function that gets the name may load it: require(), createRequire(…)(), module.require(), importActual() of a mock.
      CallExpression: (node) => check(node, node.arguments[0]),
    };
  },
});

/** A path without `./`, doubled slashes and a query. */
function plainPath(name: string): string {
  return name.replace(/[?#].*$/, '').replaceAll(/\/(?:\.?\/)+/g, '/');
}

function mayBecomePrivileged(code: SourceCode, source: Node): boolean {
  const start = source.type === 'TemplateLiteral' ? source.quasis[0]?.value.cooked : startOfSum(code, source);
  return start !== undefined && start !== null && COMPLETABLE.test(start);
}

function startOfSum(code: SourceCode, source: Node): string | undefined {
  if (source.type !== 'BinaryExpression' || source.operator !== '+') return undefined;
  return constantString(code, source.left) ?? startOfSum(code, source.left);
}
