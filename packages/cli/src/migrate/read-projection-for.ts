import { bare, chainAfter, entriesOf, followResult, Node, projectionOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { isPlainSpread, projectionText } from './rewrite-options.ts';
import { isBranchOf, leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

/** What a call asks for after it is rewritten. */
export interface ChosenProjection {
  /** The option, as text. */
  readonly text: string;
  /** A sentence for a mark, if the code does not say what it needs. */
  readonly mark: string | undefined;
}

/** The projection of a read: the one that is written, or what the code reads of the result. */
export function chooseProjection(call: DriverCall, view: ViewFacts, index: NameIndex): ChosenProjection {
  const written = projectionOf(call, index);
  const use = followResult(call, index);
  const isWhole = use.exits.some(({ path }) => path === '');
  const needsId = use.paths.some((path) => path === '_id' || path.startsWith('_id.'));
  if (written.kind === 'unknown' && !isWithoutProjection(written.node))
    throw new CannotMigrate('the projection comes in a variable: name the fields here');
  if (written.kind === 'include' && !written.isIgnored)
    return keepProjection(written.node, view, isWhole || needsId, needsId);
  const paths = [...new Set(use.paths.map((path) => publicPath(path, view)))];
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
      ? `the whole document goes on from here, so all that ${view.name} makes public is asked for: name what is needed`
      : `the document goes on from here without ${gone.join(', ')}, so all else that ${view.name} makes public is asked for: name what is needed`,
  };
}

/** What asks for all of a view: the view itself, or a selection that has the `_id` too. */
export function wholeName(view: ViewFacts): string {
  return view.returns['_id'] === undefined
    ? view.name
    : `whole${view.name.slice(0, 1).toUpperCase()}${view.name.slice(1).replace(/View$/, '')}`;
}

/** Options that spread nothing but what is written out, and name no projection. */
function isWithoutProjection(node: Node): boolean {
  const options = bare(node);
  return (
    Node.isObjectLiteralExpression(options) &&
    entriesOf(options).every(({ key, value }) =>
      key === undefined ? isPlainSpread(value) : key !== 'projection' && key !== 'fields',
    )
  );
}

/** The public path for a path that code reads; the leaf above it if that is a subtree, or a value with properties of its own. */
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

/** An inclusion stays as it is written. `_id` is named where the code uses it, as the library leaves it out otherwise. */
function keepProjection(node: Node, view: ViewFacts, usesId: boolean, needsId: boolean): ChosenProjection {
  const literal = bare(node);
  if (!Node.isObjectLiteralExpression(literal))
    throw new CannotMigrate('the projection comes in a variable: name the fields here');
  const entries = entriesOf(literal);
  for (const { key = '', value } of entries) {
    const text = bare(value).getText();
    if (key === '_id' && /^(?:0|false)$/.test(text)) continue;
    if (!/^(?:1|true)$/.test(text))
      throw new CannotMigrate(`the projection computes '${key}': the library's are 1 and true`);
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

/** The calls of `.project()` after a call, which go into its options. */
export function projectCalls(call: DriverCall) {
  return chainAfter(call.node).calls.filter(({ method }) => method === 'project');
}
