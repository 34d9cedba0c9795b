import { bare, fileName, folderAt, Node, Project, readSources, SyntaxKind } from '../project/index.ts';
import type { CallExpression, SourceFile } from '../project/index.ts';
import { Unreadable } from './evaluate.ts';
import { readView } from './read-view.ts';
import type { ViewLock } from './view-lock.ts';
import { audiencesIn, definedSpec, extendedBy, extendedSpec, mergedSpec, type ViewSpec } from './view-spec.ts';

export interface UnreadView {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

export interface FoundViews {
  readonly views: ReadonlyMap<string, ViewLock>;
  readonly unread: readonly UnreadView[];
  /** Messages about files and folders that could not be read. */
  readonly notes: readonly string[];
}

/**
 * Finds and reads every `defineView()` below a folder, and the views that `extend()` and `defineAudiences()` make of it. Files are only parsed, not type-checked, which makes it fast. No code is
 * run.
 */
export function findViews(folder: string): FoundViews {
  const root = folderAt(folder);
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
  });
  const { texts, notes } = readSources(root);
  const parse = (word: string) =>
    [...texts]
      .filter(([, text]) => text.includes(word))
      .map(([path, text]) => project.createSourceFile(path, text, { overwrite: true }));
  const files = parse('defineView');
  const extending = parse('.extend(');
  const sharing = parse('defineAudiences(');
  const labels = labelsIn([...new Set([...files, ...parse('SafeCollection('), ...parse('createSafeDb')])]);
  const views = new Map<string, ViewLock>();
  const unread: UnreadView[] = [];
  const defined = files.flatMap((file) => definitionsIn(file));
  const documents = new Map(
    defined.flatMap((node) => (Node.isCallExpression(node) ? [[node as Node, documentOf(node)] as const] : [])),
  );
  const gathered = { root, labels, views, unread, documents };
  for (const node of defined) add(node, gathered);
  for (const file of extending) for (const call of extensionsIn(file)) add(call, gathered);
  for (const file of sharing) for (const call of sharesIn(file)) addAudiences(call, gathered);
  return { views, unread, notes };
}

/** The calls of `extend()`. Other libraries have such a method too, so most of these may be no views. */
function extensionsIn(file: SourceFile): readonly CallExpression[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).filter((call) => extendedBy(call) !== undefined);
}

function sharesIn(file: SourceFile): readonly CallExpression[] {
  return file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getText().endsWith('defineAudiences'));
}

interface Gathered {
  readonly root: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly views: Map<string, ViewLock>;
  readonly unread: UnreadView[];
  /** The definitions of views, each with the name of its document type. */
  readonly documents: ReadonlyMap<Node, string>;
}

function add(node: Node, gathered: Gathered): void {
  const name = nameOf(node);
  reading(node, name, gathered, () => {
    if (!Node.isCallExpression(node)) throw new Unreadable('defineView is passed on instead of called here', node);
    keep(specOf(node, gathered.documents), name, node, gathered);
  });
}

/** Each audience is a view. Its name is that of the whole, with its own. */
function addAudiences(call: CallExpression, gathered: Gathered): void {
  const whole = nameOf(call);
  reading(call, whole, gathered, () => {
    const [base] = call.getArguments();
    for (const [audience, parts] of audiencesIn(call)) {
      const name = `${whole}.${audience}`;
      const spec = base === undefined ? undefined : mergedSpec(base, () => parts, gathered.documents);
      if (spec === undefined) throw new Unreadable('the view of its audiences can’t be read', call);
      // It has the name of the audience, not that of the view.
      const unnamed = new Map([...spec.parts].filter(([part]) => part !== 'name'));
      keep({ ...spec, parts: unnamed }, name, call, gathered);
    }
  });
}

function keep(spec: ViewSpec | undefined, name: string, node: Node, { root, labels, views }: Gathered): void {
  if (spec === undefined) return;
  views.set(freeName(name, fileName(node, root), views), readView(spec, labels.get(name) ?? name));
}

function reading(node: Node, name: string, { root, unread }: Gathered, read: () => void): void {
  const place = { name, file: fileName(node, root), line: node.getStartLineNumber() };
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    unread.push({
      ...place,
      line: thrown.node.getSourceFile() === node.getSourceFile() ? thrown.node.getStartLineNumber() : place.line,
      why: thrown.message,
    });
  }
}

function specOf(call: CallExpression, documents: ReadonlyMap<Node, string>): ViewSpec | undefined {
  const document = documents.get(call);
  if (document !== undefined) return definedSpec(call, document);
  return isExtension(call) ? requireBase(call, documents) : extendedSpec(call, documents);
}

/** Whether the argument of an `extend()` can only be the extension of a view: it has a name and sets of paths. */
function isExtension(call: CallExpression): boolean {
  const [extension] = call.getArguments();
  if (!Node.isObjectLiteralExpression(extension)) return false;
  const names = new Set(extension.getProperties().flatMap((one) => (Node.hasName(one) ? [one.getName()] : [])));
  return (
    names.has('name') && ['public', 'writable', 'filterable', 'sortable', 'joinable'].some((part) => names.has(part))
  );
}

function requireBase(call: CallExpression, documents: ReadonlyMap<Node, string>): ViewSpec {
  const spec = extendedSpec(call, documents);
  if (spec === undefined) throw new Unreadable('the view that it extends can’t be read', call);
  return spec;
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
