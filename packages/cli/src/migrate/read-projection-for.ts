import { bare, chainAfter, entriesOf, followResult, Node, projectionOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { isPlainSpread, projectionText } from './rewrite-options.ts';
import { isBranchOf, leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

/** The projection of a rewritten call. */
export interface ChosenProjection {
  /** The option, as text. */
  readonly text: string;
  /** The text of a mark, if the code does not show which fields it needs. */
  readonly mark: string | undefined;
}

/** The projection of a read: the existing one, or the fields that the code reads. */
export function chooseProjection(
  call: DriverCall,
  view: ViewFacts,
  index: NameIndex,
  joined: ReadonlySet<string> = new Set(),
): ChosenProjection {
  const written = projectionOf(call, index);
  const use = followResult(call, index);
  const whole = use.exits.filter(({ path }) => path === '');
  const isWhole = whole.length > 0;
  const stored = whole.map(({ node }) => writeAt(node)).find((method) => method !== undefined);
  if (stored !== undefined)
    throw new CannotMigrate(`the document goes into ${stored}(), which would store its public fields only`);
  const needsId = use.paths.some((path) => path === '_id' || path.startsWith('_id.'));
  if (written.kind === 'unknown' && !isWithoutProjection(written.node))
    throw new CannotMigrate('the projection is in a variable: name the fields here');
  if (written.kind === 'include' && !written.isIgnored)
    return keepProjection(written.node, view, isWhole || needsId, needsId);
  const computed = written.kind === 'exclude' && !written.isIgnored ? computedIn(written.node) : undefined;
  if (computed !== undefined) throw new CannotMigrate(computes(computed));
  // A field that a join adds is not of the view; one whose place a join takes is.
  const own = use.paths.filter((path) => {
    const name = [...joined].find((one) => path === one || path.startsWith(`${one}.`));
    return name === undefined || view.returns[name] !== undefined;
  });
  const paths = [...new Set(own.map((path) => publicPath(path, view)))];
  if (!isWhole)
    return { text: projectionText(withoutCollisions(paths.length === 0 ? [firstLeaf(view)] : paths)), mark: undefined };
  const gone = written.kind === 'exclude' && !written.isIgnored ? written.paths : [];
  const kept = [
    ...Object.keys(view.returns).filter((path) => path !== '_id'),
    ...(view.returns['_id'] === undefined ? [] : ['_id']),
  ].filter((path) => !gone.some((one) => path === one || path.startsWith(`${one}.`)));
  const isAll = kept.length === Object.keys(view.returns).length;
  return {
    text: isAll ? `projection: ${wholeName(view)}` : projectionText(kept),
    mark: isAll
      ? `the whole document is passed on here, so all fields that ${view.name} makes public are projected: name what is needed`
      : `the document is passed on here without ${gone.join(', ')}, so all other fields that ${view.name} makes public are projected: name what is needed`,
  };
}

/** Methods of the driver that store a document they are given. */
const STORES = new Set([
  'insertOne',
  'insertMany',
  'replaceOne',
  'findOneAndReplace',
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'bulkWrite',
]);

function writeAt(node: Node): string | undefined {
  const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
  return Node.isPropertyAccessExpression(callee) && STORES.has(callee.getName()) ? callee.getName() : undefined;
}

/** The name of a projection of the whole view: the view itself, or a selection that includes `_id`. */
export function wholeName(view: ViewFacts): string {
  return view.returns['_id'] === undefined
    ? view.name
    : `whole${view.name.slice(0, 1).toUpperCase()}${view.name.slice(1).replace(/View$/, '')}`;
}

/** Whether options have no projection and spread only literals. */
function isWithoutProjection(node: Node): boolean {
  const options = bare(node);
  return (
    Node.isObjectLiteralExpression(options) &&
    entriesOf(options).every(({ key, value }) =>
      key === undefined ? isPlainSpread(value) : key !== 'projection' && key !== 'fields',
    )
  );
}

/** The public path for a path that code reads. It is the leaf above it if that is a subtree, or a value with its own properties. */
function publicPath(path: string, view: ViewFacts): string {
  if (isBranchOf(view.returns, path)) return path;
  const leaf = leafAt(view.returns, path) ?? ancestors(path).find((one) => view.returns[one] !== undefined);
  if (leaf !== undefined) return leaf;
  throw new CannotMigrate(
    `the code reads '${path}', which ${view.name} does not make public: make it public, or read it with a PrivilegedCollection`,
  );
}

function ancestors(path: string): readonly string[] {
  const segments = path.split('.');
  return segments.map((_, at) => segments.slice(0, at).join('.')).filter((one) => one !== '');
}

function withoutCollisions(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
}

function firstLeaf(view: ViewFacts): string {
  const [first] = Object.keys(view.returns);
  if (first === undefined) throw new CannotMigrate(`${view.name} makes nothing public`);
  return first;
}

/** Keeps an inclusion. `_id` is added if the code uses it, because the library leaves it out otherwise. */
function keepProjection(node: Node, view: ViewFacts, usesId: boolean, needsId: boolean): ChosenProjection {
  const literal = bare(node);
  if (!Node.isObjectLiteralExpression(literal))
    throw new CannotMigrate('the projection is in a variable: name the fields here');
  const entries = entriesOf(literal);
  for (const { key = '', value } of entries) {
    const text = bare(value).getText();
    if (key === '_id' && /^(?:0|false)$/.test(text)) continue;
    if (!/^(?:1|true)$/.test(text)) throw new CannotMigrate(computes(key));
    if (leafAt(view.returns, key) === undefined && !isBranchOf(view.returns, key))
      throw new CannotMigrate(
        `the projection asks for '${key}', which ${view.name} does not make public: make it public, or read it with a PrivilegedCollection`,
      );
  }
  const text = literal.getText();
  if (!usesId || entries.some(({ key }) => key === '_id')) return { text: `projection: ${text}`, mark: undefined };
  if (view.returns['_id'] !== undefined)
    return { text: `projection: ${text.replace(/,?\s*\}$/, ', _id: 1 }')}`, mark: undefined };
  if (needsId) throw new CannotMigrate(`the code reads '_id', which ${view.name} does not make public`);
  return { text: `projection: ${text}`, mark: undefined };
}

/** The first key of a projection that neither includes nor excludes: `{ items: { $slice: -1 } }`, which returns other elements than `items: 1`. */
export function computedIn(node: Node): string | undefined {
  const literal = bare(node);
  if (!Node.isObjectLiteralExpression(literal)) return undefined;
  return entriesOf(literal).find(({ value }) => !/^(?:[01]|true|false)$/.test(bare(value).getText()))?.key;
}

function computes(key: string): string {
  return `the projection computes '${key}': the library's are 1 and true`;
}

/** The calls of `.project()` after a call, which move into its options. */
export function projectCalls(call: DriverCall) {
  return chainAfter(call.node).calls.filter(({ method }) => method === 'project');
}
