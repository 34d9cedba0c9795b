import type { TSESTree } from '@typescript-eslint/utils';

import { DESTRUCTURED, namesOf } from '../ast/driver-imports.ts';
import { type FolderOptions, folderSchema, isInFolders } from '../ast/folders.ts';
import { type Node, propertyName, withoutTypes } from '../ast/nodes.ts';
import { isUsedAsFunction, openingsByName, OPENS } from '../ast/openings.ts';
import { type Context, defineRule } from '../rule.ts';
import { driverHandle, HANDLES } from '../types/is-driver-handle.ts';
import { isAny, type TypeInformation, typeInformation } from '../types/type-information.ts';

type Messages = 'import' | 'open' | 'call';
type RawContext = Context<Messages, [FolderOptions?]>;

/** Members of a `Collection` that only describe it. */
const DESCRIBES: ReadonlySet<string> = new Set([
  'collectionName',
  'dbName',
  'namespace',
  'readConcern',
  'readPreference',
  'writeConcern',
  'bsonOptions',
  'hint',
  'timeoutMS',
]);

export const noRawCollection = defineRule<Messages, [FolderOptions?]>({
  name: 'no-raw-collection',
  docs: {
    description: "Allow the driver's collections, and the calls that open them, only in the folders that you name.",
    usesTypes: true,
  },
  messages: {
    import:
      "The driver's '{{name}}' gives access to whole documents. Import it in a folder that the rule allows, and export a SafeCollection from there.",
    open: "'{{name}}()' opens the raw database. Call it in a folder that the rule allows, and export a SafeCollection from there.",
    call: "'{{name}}' is called on the driver's own collection, which has no view. Call it on a SafeCollection.",
  },
  schema: folderSchema,
  defaultOptions: [],
  create(context) {
    if (isInFolders(context, context.options[0]?.allow ?? [])) return {};
    const code = context.sourceCode;
    const names = namesOf(code, 'mongodb', HANDLES, (node, name) =>
      context.report({ node, messageId: 'import', data: { name } }),
    );
    const types = typeInformation(code);
    if (types === undefined) {
      const report = (node: Node, name: string): void => context.report({ node, messageId: 'open', data: { name } });
      return { ...names, ...openingsByName(code, names, report) };
    }
    return {
      ...names,
      MemberExpression(node) {
        names.MemberExpression?.(node);
        checkMember(context, types, node, node.object, propertyName(code, node));
      },
      [DESTRUCTURED]: (node: TSESTree.Property) => {
        names[DESTRUCTURED]?.(node as never);
        const pattern = node.parent as TSESTree.ObjectPattern;
        const from = pattern.parent.type === 'AssignmentExpression' ? pattern.parent.right : pattern;
        checkMember(context, types, node, from, propertyName(code, node));
      },
    };
  },
});

function checkMember(
  context: RawContext,
  types: TypeInformation,
  node: Node,
  object: Node,
  name: string | undefined,
): void {
  const bare = withoutTypes(object);
  // A cast does not make it another object.
  const handle =
    driverHandle(types.checker, types.typeOf(object)) ??
    (bare === object ? undefined : driverHandle(types.checker, types.typeOf(bare)));
  if (handle === undefined) {
    // A value of unknown type may be a database.
    if (
      name === 'collection' &&
      isAny(types.checker, types.typeOf(object)) &&
      isUsedAsFunction(context.sourceCode, node)
    )
      context.report({ node, messageId: 'open', data: { name } });
    return;
  }
  const shown = name ?? '[…]';
  if (handle !== 'Collection') {
    if (name === undefined || OPENS[handle]?.has(name) === true)
      context.report({ node, messageId: 'open', data: { name: shown } });
  } else if (!DESCRIBES.has(shown) && !isOpening(context, types, object)) {
    context.report({ node, messageId: 'call', data: { name: shown } });
  }
}

/** Whether the receiver is `db.collection('users')`, which is already reported, so the call on it is not. */
function isOpening(context: RawContext, types: TypeInformation, object: Node): boolean {
  const bare = withoutTypes(object);
  const call = bare.type === 'AwaitExpression' ? withoutTypes(bare.argument) : bare;
  if (call.type !== 'CallExpression') return false;
  const callee = withoutTypes(call.callee);
  if (callee.type !== 'MemberExpression') return false;
  const name = propertyName(context.sourceCode, callee);
  const handle = driverHandle(types.checker, types.typeOf(callee.object));
  return name !== undefined && handle !== undefined && OPENS[handle]?.has(name) === true;
}
