import { readFileSync } from 'node:fs';

import { bare, fileName, folderAt, listSources, Node, Project, SyntaxKind } from '../project/index.ts';
import type { CallExpression, SourceFile } from '../project/index.ts';
import { Unreadable } from './evaluate.ts';
import { extensionsIn } from './find-extensions.ts';
import type { Extension } from './find-extensions.ts';
import { readExtension, readView } from './read-view.ts';
import type { ViewLock } from './view-lock.ts';

export interface UnreadView {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

export interface FoundViews {
  readonly views: ReadonlyMap<string, ViewLock>;
  readonly unread: readonly UnreadView[];
}

/**
 * Finds and reads every `defineView()` below a folder. Files are only parsed, not type-checked, which makes it fast. No code is
 * run.
 */
export function findViews(folder: string): FoundViews {
  const root = folderAt(folder);
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
  });
  const texts = listSources(root).map((path) => [path, readFileSync(path, 'utf8')] as const);
  const parse = (word: string) =>
    texts
      .filter(([, text]) => text.includes(word))
      .map(([path, text]) => project.createSourceFile(path, text, { overwrite: true }));
  const files = parse('defineView');
  const labels = labelsIn([...new Set([...files, ...parse('SafeCollection('), ...parse('createSafeDb')])]);
  const views = new Map<string, ViewLock>();
  const unread: UnreadView[] = [];
  const gathered = { root, labels, views, unread };
  for (const file of files) for (const found of definitionsIn(file)) add(found, gathered);
  addExtensions(parse('.extend(').flatMap(extensionsIn), gathered);
  return { views, unread };
}

interface Gathered {
  readonly root: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly views: Map<string, ViewLock>;
  readonly unread: UnreadView[];
}

function add(node: Node, { root, labels, views, unread }: Gathered): void {
  const name = nameOf(node);
  const place = { name, file: fileName(node, root), line: node.getStartLineNumber() };
  try {
    if (!Node.isCallExpression(node)) throw new Unreadable('defineView is passed on instead of called here', node);
    const [spec] = node.getArguments();
    if (spec === undefined) throw new Unreadable('it has no specification', node);
    const view = readView(spec, labels.get(name) ?? name, documentOf(node));
    views.set(freeName(name, place.file, views), view);
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    unread.push({
      ...place,
      line: thrown.node.getSourceFile() === node.getSourceFile() ? thrown.node.getStartLineNumber() : place.line,
      why: thrown.message,
    });
  }
}

/** Adds the views that `extend()` makes of known ones, and of those that it made. */
function addExtensions(extensions: readonly Extension[], { root, labels, views, unread }: Gathered): void {
  const later: Extension[] = [];
  for (const extension of extensions) {
    const { node, base } = extension;
    const known = views.get(base);
    const [spec] = node.getArguments();
    if (known === undefined || spec === undefined) later.push(extension);
    if (known === undefined || spec === undefined) continue;
    const name = nameOf(node);
    const file = fileName(node, root);
    try {
      views.set(freeName(name, file, views), readExtension(spec, base, known, labels.get(name) ?? name));
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      unread.push({ name, file, line: node.getStartLineNumber(), why: thrown.message });
    }
  }
  if (later.length < extensions.length) addExtensions(later, { root, labels, views, unread });
}

/** A unique name: views of the same name get the file name added, and a number within a file, so that none replaces another. */
function freeName(name: string, file: string, views: ReadonlyMap<string, ViewLock>): string {
  const inFile = `${file}#${name}`;
  const names = [name, inFile, ...Array.from({ length: views.size }, (_, at) => `${inFile}~${at + 2}`)];
  return names.find((one) => !views.has(one)) ?? inFile;
}

/** The calls `defineView<User>()({ … })`, and every other use of the name, whose view can't be read. */
function definitionsIn(file: SourceFile): readonly Node[] {
  const names = new Set([
    'defineView',
    ...file
      .getImportDeclarations()
      .flatMap((one) =>
        one
          .getNamedImports()
          .flatMap((named) => (named.getName() === 'defineView' ? (named.getAliasNode()?.getText() ?? []) : [])),
      ),
  ]);
  return file
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter((node) => names.has(node.getText()) && !isDeclaration(node))
    .flatMap((node) => definitionsAt(node));
}

function isDeclaration(node: Node): boolean {
  const parent = node.getParent();
  return (
    Node.isImportSpecifier(parent) ||
    Node.isExportSpecifier(parent) ||
    Node.isFunctionDeclaration(parent) ||
    Node.isTypeQuery(parent) ||
    (Node.isPropertyAssignment(parent) && parent.getNameNode() === node)
  );
}

function definitionsAt(name: Node): readonly Node[] {
  const parent = name.getParentOrThrow();
  const callee = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === name ? parent : name;
  const first = callee.getParent();
  if (!Node.isCallExpression(first) || first.getExpression() !== callee) return [name];
  const second = first.getParent();
  if (Node.isCallExpression(second) && second.getExpression() === first) return [second];
  // `const view = defineView<User>();`: each call of that name is a definition.
  if (Node.isVariableDeclaration(second)) {
    const uses = name
      .getSourceFile()
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((node) => node.getText() === second.getName() && node.getParent() !== second && !isDeclaration(node));
    return uses.map((use) => {
      const call = use.getParent();
      return Node.isCallExpression(call) && call.getExpression() === use ? call : use;
    });
  }
  return [name];
}

function documentOf(call: CallExpression): string {
  const callee = bare(call.getExpression());
  const first = Node.isCallExpression(callee) ? callee.getTypeArguments()[0] : undefined;
  return first?.getText().replaceAll(/\s+/g, ' ') ?? '';
}

function nameOf(node: Node): string {
  const holder = node.getFirstAncestor(
    (one) => Node.isVariableDeclaration(one) || Node.isPropertyAssignment(one) || Node.isPropertyDeclaration(one),
  );
  return holder !== undefined && Node.hasName(holder) ? holder.getName() : 'view';
}

/** The collection of each view: `new SafeCollection(db.collection('users'), userView)`, `createSafeDb(db, { users: userView })`. */
function labelsIn(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const file of files) {
    for (const node of file.getDescendantsOfKind(SyntaxKind.NewExpression)) {
      const [collection, view] = node.getArguments();
      const name = Node.isCallExpression(collection) ? collection.getArguments()[0] : undefined;
      if (
        node.getExpression().getText().endsWith('Collection') &&
        Node.isIdentifier(view) &&
        Node.isStringLiteral(name)
      )
        labels.set(view.getText(), name.getLiteralValue());
    }
    for (const node of file.getDescendantsOfKind(SyntaxKind.CallExpression)) {
      const [, views] = node.getArguments();
      if (node.getExpression().getText() !== 'createSafeDb' || !Node.isObjectLiteralExpression(views)) continue;
      for (const property of views.getProperties()) {
        const view = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
        if (Node.isPropertyAssignment(property) && Node.isIdentifier(view))
          labels.set(view.getText(), property.getName());
      }
    }
  }
  return labels;
}
