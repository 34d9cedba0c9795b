import { bare, entriesOf, followResult, functionAround, Node, projectionOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import type { Draft } from './draft.ts';
import { insertAt } from './edit.ts';
import type { Edit } from './edit.ts';
import { givenOptions } from './options-elsewhere.ts';
import { opEdits } from './rewrite-filter.ts';
import { optionsText, projectionText } from './rewrite-options.ts';
import { textWith } from './edit.ts';
import { isBranchOf, leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

const METHODS: ReadonlySet<string> = new Set(['find', 'findOne']);

/** A read of private fields, through a `PrivilegedCollection`. */
export interface PrivilegedRead extends Draft {
  /** What the method is called on. */
  readonly receiver: string;
}

/**
 * The private fields that code reads, one by one: they come as `Sensitive`, and each place where one is read opens it. A
 * document that goes on as a whole, or a filter that comes in a variable, is left to a person.
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
    paths.length === 0;
  const hidden = paths.filter((path) => leafAt(view.returns, path) === undefined && !isBranchOf(view.returns, path));
  // What is sent to a client is not opened for it.
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

/** `.expose()` where a field is read; a field that may be missing has no value to open. */
function opening(node: Node): readonly Edit[] {
  if (!Node.isPropertyAccessExpression(node))
    throw new CannotMigrate('a private field is taken out of the result by a pattern: read it by its name');
  const type = node.getType();
  const isOptional = type.isNullable() || type.getUnionTypes().some((one) => one.isUndefined() || one.isNull());
  return [insertAt(node, node.getEnd(), `${isOptional ? '?' : ''}.expose()`)];
}

/** The function that reads: a person says more. */
function reasonOf({ node, file }: DriverCall): string {
  const owner = functionAround(node);
  const name =
    owner !== undefined && Node.hasName(owner) ? owner.getName() : file.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return name.replaceAll(/['\\]/g, '');
}
