import { bare, Node, referencesOf } from '../project/index.ts';
import type { CallExpression, DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import type { Draft, LibraryName } from './draft.ts';
import type { Edit } from './edit.ts';
import { together } from './elsewhere.ts';
import type { Elsewhere } from './elsewhere.ts';
import { fixModifiedCount } from './modified-count.ts';
import { givenOptions } from './options-elsewhere.ts';
import { optionsText, trustedOption } from './rewrite-options.ts';
import { splitDocument, splitUpdate } from './rewrite-write.ts';
import { splitFilter } from './split-filter.ts';
import type { ViewFacts } from './view-facts.ts';

const CHANGES = new Set(['updateOne', 'update', 'deleteOne', 'delete']);
const MANY = new Set(['update', 'delete']);

/** `initializeOrderedBulkOp()` and `initializeUnorderedBulkOp()`: each call on the bulk is rewritten in place. */
export function bulkBuilderDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const declared = call.node.getParent();
  const name = Node.isVariableDeclaration(declared) ? declared.getNameNode() : undefined;
  if (!Node.isIdentifier(name)) throw new CannotMigrate('the bulk is not put into a constant');
  const names = new Set<LibraryName>();
  const calls = referencesOf(name).flatMap((reference) => callOn(reference));
  const parts = calls.map((one) => partOf(one, view, index, names));
  const tellsModified = parts.every((part) => part.tellsModified);
  const executed = calls.filter((one) => methodOf(one) === 'execute');
  const { options, elsewhere } = givenOptions(call.arguments[0], view, index);
  return {
    arguments: options.size === 0 ? [] : [optionsText(options)],
    names,
    more: [...parts.flatMap(({ edits }) => edits), ...executed.flatMap((one) => fixModifiedCount(one, tellsModified))],
    elsewhere: together(elsewhere, ...parts.map((part) => part.elsewhere)),
  };
}

interface Part {
  readonly edits: readonly Edit[];
  readonly tellsModified: boolean;
  readonly elsewhere?: Elsewhere | undefined;
}

const NOTHING: Part = { edits: [], tellsModified: true };

/** The call of a method on the bulk. */
function callOn(reference: Node): readonly CallExpression[] {
  const access = reference.getParent();
  const call = access?.getParent();
  if (Node.isPropertyAccessExpression(access) && access.getExpression() === reference) {
    if (Node.isCallExpression(call)) return [call];
    if (access.getName() === 'length') return [];
  }
  throw new CannotMigrate('the bulk is passed on: build it where it is executed');
}

function methodOf(call: CallExpression): string {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getName() : '';
}

function partOf(call: CallExpression, view: ViewFacts, index: NameIndex, names: Set<LibraryName>): Part {
  const method = methodOf(call);
  if (method === 'execute') return NOTHING;
  if (method === 'insert') return inserted(call, view, index, names);
  if (method !== 'find') throw new CannotMigrate(`the library's bulk has no ${method}()`);
  const change = changeAfter(call);
  const [given] = call.getArguments();
  const filter = splitFilter(given, view, index);
  const update = methodOf(change).startsWith('update') ? splitUpdate(change.getArguments()[0], view, index) : undefined;
  if (filter.usesOp || update?.usesOp === true) names.add('op');
  const isMany = MANY.has(methodOf(change)) && filter.isEmpty;
  if (isMany) names.add('everything');
  const trusted = trustedOption({ filter: filter.trusted, update: update?.trusted });
  if (trusted !== undefined) names.add('trusted');
  const options = trusted === undefined ? [] : [`{ ${trusted} }`];
  return {
    edits: [
      argumentsEdit(call, [isMany ? 'everything' : filter.own]),
      argumentsEdit(change, [...(update === undefined ? [] : [update.own]), ...options]),
    ],
    tellsModified: update?.tellsModified ?? true,
    elsewhere: filter.elsewhere,
  };
}

/** `.updateOne(…)` after `find(…)`, with an `.upsert()` in between. */
function changeAfter(call: CallExpression): CallExpression {
  const access = call.getParent();
  const next = access?.getParent();
  if (Node.isPropertyAccessExpression(access) && Node.isCallExpression(next)) {
    if (CHANGES.has(access.getName())) return next;
    if (access.getName() === 'upsert') return changeAfter(next);
  }
  throw new CannotMigrate('a change of the bulk is not one that the library’s bulk has');
}

function inserted(call: CallExpression, view: ViewFacts, index: NameIndex, names: Set<LibraryName>): Part {
  const [given] = call.getArguments();
  const { own, trusted: set, more = [] } = splitDocument(given === undefined ? undefined : bare(given), view, index);
  const trusted = trustedOption({ set });
  if (trusted !== undefined) names.add('trusted');
  const written = [own, ...(trusted === undefined ? [] : [`{ ${trusted} }`])];
  return { ...NOTHING, edits: [...more, argumentsEdit(call, written)] };
}

function argumentsEdit(call: CallExpression, written: readonly string[]): Edit {
  const file = call.getSourceFile().getFilePath();
  return { file, start: call.getExpression().getEnd(), end: call.getEnd(), text: `(${written.join(', ')})` };
}
