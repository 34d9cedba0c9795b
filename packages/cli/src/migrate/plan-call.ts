import { bare, entriesOf, entryOf, isDriverType, isUntyped, Node } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { bulkBuilderDraft } from './bulk-builder.ts';
import { lostComments } from './comments.ts';
import { bulkDraft } from './draft-bulk.ts';
import { insertDraft, insertManyDraft } from './draft-insert.ts';
import type { Draft, LibraryName } from './draft.ts';
import { replace } from './edit.ts';
import { together } from './elsewhere.ts';
import type { Need } from './elsewhere.ts';
import type { Edit } from './edit.ts';
import { alwaysChanges, fixModifiedCount, readMatchedCount, readsModifiedCount } from './modified-count.ts';
import { privilegedRead } from './privileged-read.ts';
import { chooseProjection, projectCalls, wholeName } from './read-projection-for.ts';
import { givenOptions } from './options-elsewhere.ts';
import { optionsText, trustedOption } from './rewrite-options.ts';
import { rewritePipeline } from './rewrite-pipeline.ts';
import type { SharedFilter } from './shared-filters.ts';
import { splitFilter } from './split-filter.ts';
import type { SplitFilter } from './split-filter.ts';
import { splitUpdate } from './rewrite-write.ts';
import type { SplitWrite } from './rewrite-write.ts';
import { pulledElements } from './pulled-elements.ts';
import type { PulledElements } from './pulled-elements.ts';
import { isBranchOf } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';
import { keyOf } from '../init/write-interface.ts';

/** The rewrite of a call. */
export interface Rewrite {
  readonly edits: readonly Edit[];
  /** The names that the file has to import from the library. */
  readonly names: readonly LibraryName[];
  /** Other names that this file or other files have to import: names of the library, and views. */
  readonly needs: readonly Need[];
  /** Filters that are written elsewhere. Their edits are among `edits`. */
  readonly shared: readonly SharedFilter[];
  /** Whether it projects the whole view. */
  readonly usesWhole: boolean;
  /** Whether it reads through a `PrivilegedCollection`, and not through `safeDb`. */
  readonly isPrivileged: boolean;
  readonly mark: string | undefined;
}

const READS = new Set(['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete']);

/** Plans the rewriting of one call. Throws `CannotMigrate` with the reason. */
export function planCall(call: DriverCall, view: ViewFacts, index: NameIndex): Rewrite {
  const privileged =
    READS.has(call.method) && joinedBy(call).size === 0
      ? privilegedRead(call, view, index, heldBy(call).getText())
      : undefined;
  const draft = privileged ?? draftOf(call, view, index);
  const receiver = privileged === undefined ? receiverOf(call, view) : replace(heldBy(call), privileged.receiver);
  const callee = call.node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) throw new CannotMigrate('the method is not called by its name');
  const projects = projectCalls(call);
  const shared = draft.elsewhere?.shared ?? [];
  const operators = shared.flatMap((filter) => filter.edits);
  const edits: Edit[] = [
    receiver,
    {
      file: call.node.getSourceFile().getFilePath(),
      start: callee.getNameNode().getStart(),
      end: call.node.getEnd(),
      text: `${draft.method ?? callee.getName()}(${draft.arguments.join(', ')})`,
    },
    ...projects.map(({ node }) => {
      const access = node.getExpression();
      const from = Node.isPropertyAccessExpression(access) ? access.getExpression().getEnd() : node.getStart();
      return { file: node.getSourceFile().getFilePath(), start: from, end: node.getEnd(), text: '' };
    }),
    ...lostComments([call.node, ...projects.map(({ node }) => node)], draft.arguments.join(', ')),
    ...(draft.more ?? []),
    ...(draft.elsewhere?.edits ?? []),
    ...operators,
  ];
  return {
    edits,
    names: [...draft.names],
    needs: [
      ...(draft.elsewhere?.needs ?? []),
      ...operators.map(({ file }): Need => ({ file, from: 'library', name: 'op' })),
    ],
    shared,
    isPrivileged: privileged !== undefined,
    usesWhole: draft.arguments.some((one) => one.includes(`projection: ${wholeName(view)}`)),
    mark: draft.mark,
  };
}

/** The new receiver: `db.collection('users')` and `getUsers(db)` become `safeDb(db).users`; any other collection uses its own database. */
function receiverOf(call: DriverCall, view: ViewFacts): Edit {
  const name = /^[A-Za-z_$][\w$]*$/.test(view.collection)
    ? `.${view.collection}`
    : `[${JSON.stringify(view.collection).replaceAll('"', "'")}]`;
  return replace(heldBy(call), `safeDb(${databaseOf(call)})${name}`);
}

function heldBy(call: DriverCall): Node {
  const callee = call.node.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getExpression() : callee;
}

function databaseOf(call: DriverCall): string {
  const held = heldBy(call);
  if (Node.isCallExpression(held)) {
    const callee = held.getExpression();
    const holder = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
    const isDatabase = holder !== undefined && (isDriverType(holder.getType(), 'Db') || isUntyped(holder));
    if (isDatabase && Node.isPropertyAccessExpression(callee) && callee.getName() === 'collection')
      return holder.getText();
    const [only, ...others] = held.getArguments();
    if (only !== undefined && others.length === 0 && isDriverType(only.getType(), 'Db')) return only.getText();
  }
  return `${held.getText()}.db`;
}

function draftOf(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const { method } = call;
  if (READS.has(method) && method !== 'findOneAndUpdate') return readDraft(call, view, index);
  if (method === 'findOneAndUpdate' || method === 'updateOne' || method === 'updateMany')
    return updateDraft(call, view, index);
  if (method === 'countDocuments') return filterDraft(call, view, index, [], 0, 1);
  if (method === 'deleteOne' || method === 'deleteMany') return filterDraft(call, view, index, [], 0, 1);
  if (method === 'distinct') return distinctDraft(call, view, index);
  if (method === 'estimatedDocumentCount')
    return { arguments: call.arguments.map((one) => one.getText()), names: new Set() };
  if (method === 'insertOne') return insertDraft(call, view, index);
  if (method === 'insertMany') return insertManyDraft(call, view, index);
  if (method === 'aggregate') return aggregateDraft(call, view, index);
  if (method === 'bulkWrite') return bulkDraft(call, view, index);
  if (method === 'initializeOrderedBulkOp' || method === 'initializeUnorderedBulkOp')
    return bulkBuilderDraft(call, view, index);
  throw new CannotMigrate(
    method === 'replaceOne' || method === 'findOneAndReplace'
      ? 'a replacement of the library keeps the private fields: write it by hand, or use $set'
      : `the library has no ${method}()`,
  );
}

function filterDraft(
  call: DriverCall,
  view: ViewFacts,
  index: NameIndex,
  before: readonly string[],
  filterAt: number,
  optionsAt: number,
): Draft {
  const names = new Set<LibraryName>();
  const filter = splitFilter(call.arguments[filterAt], view, index);
  if (filter.usesOp) names.add('op');
  const { options, elsewhere } = givenOptions(call.arguments[optionsAt], view, index);
  const trusted = trustedOption({ filter: filter.trusted });
  if (trusted !== undefined) {
    names.add('trusted');
    options.set('trusted', trusted);
  }
  const isMany = call.method === 'deleteMany' && filter.isEmpty;
  if (isMany) names.add('everything');
  return {
    arguments: [...before, isMany ? 'everything' : filter.own, ...(options.size === 0 ? [] : [optionsText(options)])],
    names,
    elsewhere: together(filter.elsewhere, elsewhere),
  };
}

function distinctDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [key] = call.arguments;
  if (!Node.isStringLiteral(key)) throw new CannotMigrate('the key of distinct() is not written out');
  if (view.returns[key.getLiteralValue()] === undefined)
    throw new CannotMigrate(`'${key.getLiteralValue()}' is not public in ${view.name}`);
  if (call.arguments.length === 1) return { arguments: [key.getText()], names: new Set() };
  return filterDraft(call, view, index, [key.getText()], 1, 2);
}

/** What a read joins, as a translation of another library's call gives it: collections by their fields. */
function joinedBy({ arguments: [, options] }: DriverCall): ReadonlyMap<string, string> {
  const written = options === undefined ? undefined : bare(options);
  const populate = Node.isObjectLiteralExpression(written) ? entryOf(written, 'populate') : undefined;
  if (!Node.isObjectLiteralExpression(populate)) return new Map();
  return new Map(
    entriesOf(populate).flatMap(({ key, value }) => {
      const from = Node.isObjectLiteralExpression(value) ? entryOf(value, 'from') : undefined;
      return key !== undefined && Node.isStringLiteral(from) ? [[key, from.getLiteralValue()] as const] : [];
    }),
  );
}

function readDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const joined = joinedBy(call);
  const { text, mark } = chooseProjection(call, view, index, new Set(joined.keys()));
  const { options, elsewhere } = givenOptions(call.arguments[1], view, index);
  for (const name of ['fields', 'projection']) options.delete(name);
  const names = new Set<LibraryName>();
  const filter = splitFilter(call.arguments[0], view, index);
  if (filter.usesOp) names.add('op');
  // A condition of the program applies to no joined document, as in the other library; the library wants that said.
  const joins =
    joined.size === 0 ? undefined : `{ ${[...new Set(joined.values())].map((one) => `${keyOf(one)}: {}`).join(', ')} }`;
  const trusted = trustedOption(filter.trusted === undefined ? {} : { filter: filter.trusted, joins });
  if (trusted !== undefined) names.add('trusted');
  const all = new Map([
    ['projection', text],
    ...options,
    ...(trusted === undefined ? [] : [['trusted', trusted] as const]),
  ]);
  return {
    arguments: [filter.own, optionsText(all)],
    names,
    mark,
    method: joined.size > 0 ? 'findPopulated' : undefined,
    elsewhere: together(filter.elsewhere, elsewhere),
  };
}

function updateDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const names = new Set<LibraryName>();
  const isRead = call.method === 'findOneAndUpdate';
  const chosen = isRead ? chooseProjection(call, view, index) : undefined;
  const given = splitFilter(call.arguments[0], view, index);
  const update = splitUpdate(call.arguments[1], view, index);
  const counted = isRead ? undefined : countOf(call, update, view);
  const filter = counted?.filter === undefined ? given : andAlso(given, counted.filter);
  const { options, elsewhere } = givenOptions(call.arguments[2], view, index);
  options.delete('projection');
  if (options.has('upsert') && update.trusted === undefined && filter.trusted !== undefined)
    throw new CannotMigrate('the upsert stores the values of its filter, which the view does not make writable');
  if (filter.usesOp || update.usesOp) names.add('op');
  const arrayFilters =
    update.trusted === undefined ? undefined : options.get('arrayFilters')?.replace(/^arrayFilters:\s*/, '');
  if (arrayFilters !== undefined) options.delete('arrayFilters');
  const trusted = trustedOption({ filter: filter.trusted, update: update.trusted, arrayFilters });
  if (trusted !== undefined) names.add('trusted');
  const isMany = call.method === 'updateMany' && filter.isEmpty;
  if (isMany) names.add('everything');
  const all = new Map([
    ...(chosen === undefined ? [] : [['projection', chosen.text] as const]),
    ...options,
    ...(trusted === undefined ? [] : [['trusted', trusted] as const]),
  ]);
  const more = [...(counted?.edits ?? []), ...(update.more ?? [])];
  return {
    arguments: [isMany ? 'everything' : filter.own, update.own, ...(all.size === 0 ? [] : [optionsText(all)])],
    names,
    mark: chosen?.mark,
    more,
    elsewhere: together(filter.elsewhere, elsewhere),
  };
}

/**
 * If `modifiedCount` would reveal what is stored, `matchedCount` has the same value if the update changes every document that it
 * matches, or if the filter matches only documents that it changes.
 */
function countOf(
  call: DriverCall,
  update: SplitWrite,
  view: ViewFacts,
): { readonly edits: readonly Edit[]; readonly filter?: PulledElements } {
  const isRead = readsModifiedCount(call.node);
  if (!isRead || (update.tellsModified && update.trusted === undefined)) return { edits: [] };
  if (update.tellsModified) return { edits: fixModifiedCount(call.node, true) };
  const isUpsert = call.arguments[2]?.getText().includes('upsert') === true;
  if (!isUpsert && alwaysChanges(call.arguments[1])) return { edits: readMatchedCount(call.node) };
  const pulled = isUpsert ? undefined : pulledElements(call.arguments[1], call.arguments[0]);
  if (pulled === undefined || !isBranchOf(view.filters, pulled.path))
    return { edits: fixModifiedCount(call.node, false) };
  return { edits: readMatchedCount(call.node), filter: pulled };
}

/** A filter with the additional condition that the document has the pulled elements. */
function andAlso(filter: SplitFilter, { path, condition }: PulledElements): SplitFilter {
  const entry = `${keyOf(path)}: op({ $elemMatch: ${condition} })`;
  const own = filter.own === '{}' ? `{ ${entry} }` : filter.own.replace(/,?\s*\}$/, `, ${entry} }`);
  return { ...filter, own, usesOp: true, isEmpty: false };
}

function aggregateDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const { text, usesOp, mark } = rewritePipeline(call, view, index);
  const { options, elsewhere } = givenOptions(call.arguments[1], view, index);
  return {
    arguments: [text, ...(options.size === 0 ? [] : [optionsText(options)])],
    names: new Set(usesOp ? ['op'] : []),
    mark,
    elsewhere,
  };
}
