import { bare, entriesOf, followResult, functionAround, Node, projectionOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import type { Draft } from './draft.ts';
import { insertAt } from './edit.ts';
import type { Edit } from './edit.ts';
import { givenOptions } from './options-elsewhere.ts';
import { opEdits } from './rewrite-filter.ts';
import { computedIn } from './read-projection-for.ts';
import { optionsText, projectionText } from './rewrite-options.ts';
import { textWith } from './edit.ts';
import { isBranchOf, leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

const METHODS: ReadonlySet<string> = new Set(['find', 'findOne']);

/** A read of private fields, through a `PrivilegedCollection`. */
export interface PrivilegedRead extends Draft {
  /** The receiver of the method call. */
  readonly receiver: string;
}

/**
 * Rewrites a read of private fields that the code uses one by one: they are returned as `Sensitive`, and each use opens one with
 * `expose()`. A document that is passed on as a whole, or a filter in a variable, is left to a developer.
 */
export function privilegedRead(
  call: DriverCall,
  view: ViewFacts,
  index: NameIndex,
  raw: string,
): PrivilegedRead | undefined {
  const { paths, reads, exits, sent } = followResult(call, index);
  const written = projectionOf(call, index);
  const isLeft =
    !METHODS.has(call.method) ||
    exits.some(({ path }) => path === '') ||
    (written.kind === 'unknown' && written.writtenAs !== 'absent') ||
    (!written.isIgnored && written.writtenAs !== 'absent' && computedIn(written.node) !== undefined) ||
    paths.length === 0;
  const hidden = paths.filter((path) => leafAt(view.returns, path) === undefined && !isBranchOf(view.returns, path));
  // A field that is sent to a client is not opened automatically.
  const isSent = sent.some(({ path }) => hidden.includes(path));
  if (isLeft || isSent || hidden.length === 0) return undefined;
  const filter = call.arguments[0] === undefined ? undefined : bare(call.arguments[0]);
  if (filter !== undefined && !Node.isObjectLiteralExpression(filter)) return undefined;
  const operators = filter === undefined ? [] : entriesOf(filter).flatMap((entry) => opEdits(entry, ''));
  const { options, elsewhere } = givenOptions(call.arguments[1], view, index);
  for (const name of ['fields', 'projection']) options.delete(name);
  const opened = reads.filter(({ path }) => hidden.includes(path));
  return {
    receiver: `new PrivilegedCollection(${raw}, ${view.name}, { reason: '${reasonOf(call)}' })`,
    arguments: [
      filter === undefined ? '{}' : textWith(filter, operators),
      optionsText(new Map([['projection', projectionText(paths)], ...options])),
    ],
    names: new Set(operators.length > 0 ? ['op'] : []),
    mark: `this read opens ${hidden.join(', ')}: confirm that it has to, and say why in its reason`,
    more: opened.flatMap(({ node }) => opening(node)),
    elsewhere: {
      edits: elsewhere?.edits ?? [],
      needs: [
        ...(elsewhere?.needs ?? []),
        { file: call.node.getSourceFile().getFilePath(), from: 'privileged', name: 'PrivilegedCollection' },
        { file: call.node.getSourceFile().getFilePath(), from: 'views', name: view.name },
      ],
    },
  };
}

/** Adds `.expose()` where a field is read, or `?.expose()` if the field may be missing. */
function opening(node: Node): readonly Edit[] {
  if (!Node.isPropertyAccessExpression(node))
    throw new CannotMigrate('a private field is taken out of the result by a pattern: read it by its name');
  // That the document may be missing is said before the field.
  const holder = node.getExpression().getType().getNonNullableType();
  const type = holder.getProperty(node.getName())?.getTypeAtLocation(node) ?? node.getType();
  const isOptional = type.getUnionTypes().some((one) => one.isUndefined() || one.isNull());
  return [insertAt(node, node.getEnd(), `${isOptional ? '?' : ''}.expose()`)];
}

/** The name of the reading function, as a reason that a developer can improve. */
function reasonOf({ node, file }: DriverCall): string {
  const owner = functionAround(node);
  const name =
    owner !== undefined && Node.hasName(owner) ? owner.getName() : file.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return name.replaceAll(/['\\]/g, '');
}
