import { bare, entriesOf, isDriverType, methodShape, Node, referencesOf } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { replace, textWith } from './edit.ts';
import type { Edit } from './edit.ts';
import type { Elsewhere } from './filter-elsewhere.ts';
import { fixModifiedCount } from './modified-count.ts';
import { chooseProjection, projectCalls, wholeName } from './read-projection-for.ts';
import { optionsOf, optionsText, trustedOption } from './rewrite-options.ts';
import { rewritePipeline } from './rewrite-pipeline.ts';
import { splitFilter } from './split-filter.ts';
import { splitDocument, splitUpdate } from './rewrite-write.ts';
import type { ViewFacts } from './view-facts.ts';

/** A call as it is going to be. */
export interface Rewrite {
  readonly edits: readonly Edit[];
  /** What the file has to import of the library. */
  readonly names: readonly ('op' | 'trusted' | 'everything')[];
  /** What other files have to import, or this one: names of the library, and views. */
  readonly needs: readonly { readonly file: string; readonly name: string }[];
  /** Whether it asks for all of the view. */
  readonly usesWhole: boolean;
  readonly mark: string | undefined;
}

interface Draft {
  arguments: string[];
  readonly names: Set<'op' | 'trusted' | 'everything'>;
  mark?: string | undefined;
  more?: readonly Edit[];
  elsewhere?: Elsewhere | undefined;
}

const READS = new Set(['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete']);

/** Plans the rewriting of one call. Throws `CannotMigrate` with the reason. */
export function planCall(call: DriverCall, view: ViewFacts, index: NameIndex): Rewrite {
  const draft = draftOf(call, view, index);
  const receiver = receiverOf(call, view);
  const callee = call.node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) throw new CannotMigrate('the method is not called by its name');
  const projects = projectCalls(call);
  const edits: Edit[] = [
    receiver,
    { file: call.node.getSourceFile().getFilePath(), start: callee.getEnd(), end: call.node.getEnd(), text: `(${draft.arguments.join(', ')})` },
    ...projects.map(({ node }) => {
      const access = node.getExpression();
      const from = Node.isPropertyAccessExpression(access) ? access.getExpression().getEnd() : node.getStart();
      return { file: node.getSourceFile().getFilePath(), start: from, end: node.getEnd(), text: '' };
    }),
    ...(draft.more ?? []),
    ...(draft.elsewhere?.edits ?? []),
  ];
  return { edits, names: [...draft.names], needs: draft.elsewhere?.needs ?? [], usesWhole: draft.arguments.some((one) => one.includes(`projection: ${wholeName(view)}`)), mark: draft.mark };
}

/** `db.collection('users')` and `getUsers(db)` become `safeDb(db).users`; any other collection has its database. */
function receiverOf(call: DriverCall, view: ViewFacts): Edit {
  const name = /^[A-Za-z_$][\w$]*$/.test(view.collection) ? `.${view.collection}` : `[${JSON.stringify(view.collection).replaceAll('"', "'")}]`;
  return replace(heldBy(call), `safeDb(${databaseOf(call.receiver)})${name}`);
}

function heldBy(call: DriverCall): Node {
  const callee = call.node.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getExpression() : callee;
}

function databaseOf(receiver: Node): string {
  if (Node.isCallExpression(receiver)) {
    const callee = receiver.getExpression();
    if (Node.isPropertyAccessExpression(callee) && callee.getName() === 'collection') return callee.getExpression().getText();
    const [only, ...others] = receiver.getArguments();
    if (only !== undefined && others.length === 0 && isDriverType(only.getType(), 'Db')) return only.getText();
  }
  return `${receiver.getText()}.db`;
}

function draftOf(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const { method } = call;
  const at = (place: number | undefined) => (place === undefined ? undefined : call.arguments[place]);
  const shape = methodShape(method);
  if (READS.has(method) && method !== 'findOneAndUpdate') return readDraft(call, view, index);
  if (method === 'findOneAndUpdate' || method === 'updateOne' || method === 'updateMany') return updateDraft(call, view, index);
  if (method === 'countDocuments') return filterDraft(call, view, index, [], 0, 1);
  if (method === 'deleteOne' || method === 'deleteMany') return filterDraft(call, view, index, [], 0, 1);
  if (method === 'distinct') return distinctDraft(call, view, index);
  if (method === 'estimatedDocumentCount') return { arguments: call.arguments.map((one) => one.getText()), names: new Set() };
  if (method === 'insertOne') return insertDraft(call, view, index);
  if (method === 'insertMany') return insertManyDraft(call, view, index);
  if (method === 'aggregate') return aggregateDraft(call, view, index);
  if (method === 'bulkWrite') return bulkDraft(call, view, index);
  throw new CannotMigrate(shape.document !== undefined && at(shape.document) !== undefined && method === 'replaceOne' ? 'a replacement wipes the private fields: use $set' : `the library has no ${method}()`);
}

function filterDraft(call: DriverCall, view: ViewFacts, index: NameIndex, before: readonly string[], filterAt: number, optionsAt: number): Draft {
  const names = new Set<'op' | 'trusted' | 'everything'>();
  const filter = splitFilter(call.arguments[filterAt], view, index);
  if (filter.usesOp) names.add('op');
  const options = optionsOf(call.arguments[optionsAt]);
  const trusted = trustedOption({ filter: filter.trusted });
  if (trusted !== undefined) {
    names.add('trusted');
    options.set('trusted', trusted);
  }
  const isMany = call.method === 'deleteMany' && filter.isEmpty;
  if (isMany) names.add('everything');
  return { arguments: [...before, isMany ? 'everything' : filter.own, ...(options.size === 0 ? [] : [optionsText(options)])], names, elsewhere: filter.elsewhere };
}

function distinctDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [key] = call.arguments;
  if (!Node.isStringLiteral(key)) throw new CannotMigrate('the key of distinct() is not written out');
  if (view.returns[key.getLiteralValue()] === undefined) throw new CannotMigrate(`'${key.getLiteralValue()}' is not public in ${view.name}`);
  if (call.arguments.length === 1) return { arguments: [key.getText()], names: new Set() };
  return filterDraft(call, view, index, [key.getText()], 1, 2);
}

function readDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const { text, mark } = chooseProjection(call, view, index);
  const options = optionsOf(call.arguments[1]);
  for (const name of ['fields', 'projection']) options.delete(name);
  const names = new Set<'op' | 'trusted' | 'everything'>();
  const filter = splitFilter(call.arguments[0], view, index);
  if (filter.usesOp) names.add('op');
  const trusted = trustedOption({ filter: filter.trusted });
  if (trusted !== undefined) names.add('trusted');
  const all = new Map([['projection', text], ...options, ...(trusted === undefined ? [] : [['trusted', trusted] as const])]);
  return { arguments: [filter.own, optionsText(all)], names, mark, elsewhere: filter.elsewhere };
}

function updateDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const names = new Set<'op' | 'trusted' | 'everything'>();
  const isRead = call.method === 'findOneAndUpdate';
  const chosen = isRead ? chooseProjection(call, view, index) : undefined;
  const filter = splitFilter(call.arguments[0], view, index);
  const update = splitUpdate(call.arguments[1], view, index);
  const options = optionsOf(call.arguments[2]);
  options.delete('projection');
  if (options.has('upsert') && update.trusted === undefined && filter.trusted !== undefined) throw new CannotMigrate('the upsert stores what its filter names, and the view does not make that writable');
  if (filter.usesOp || update.usesOp) names.add('op');
  const arrayFilters = update.trusted === undefined ? undefined : options.get('arrayFilters')?.replace(/^arrayFilters:\s*/, '');
  if (arrayFilters !== undefined) options.delete('arrayFilters');
  const trusted = trustedOption({ filter: filter.trusted, update: update.trusted, arrayFilters });
  if (trusted !== undefined) names.add('trusted');
  const isMany = call.method === 'updateMany' && filter.isEmpty;
  if (isMany) names.add('everything');
  const all = new Map([...(chosen === undefined ? [] : [['projection', chosen.text] as const]), ...options, ...(trusted === undefined ? [] : [['trusted', trusted] as const])]);
  const more = isRead || update.trusted === undefined ? [] : fixModifiedCount(call, update.tellsModified);
  return { arguments: [isMany ? 'everything' : filter.own, update.own, ...(all.size === 0 ? [] : [optionsText(all)])], names, mark: chosen?.mark, more, elsewhere: filter.elsewhere };
}

function insertDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const document = splitDocument(call.arguments[0], view, index);
  return insertWith(document.own, document.trusted, optionsOf(call.arguments[1]));
}

function insertWith(own: string, set: string | undefined, options: Map<string, string>): Draft {
  const trusted = trustedOption({ set });
  if (trusted !== undefined) options.set('trusted', trusted);
  return { arguments: [own, ...(options.size === 0 ? [] : [optionsText(options)])], names: new Set(trusted === undefined ? [] : ['trusted']) };
}

/** For many documents `trusted` has a list of the same length. */
function insertManyDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [given] = call.arguments;
  const list = given === undefined ? undefined : bare(given);
  const options = optionsOf(call.arguments[1]);
  if (Node.isArrayLiteralExpression(list)) {
    const documents = list.getElements().map((element) => splitDocument(element, view, index));
    const isAllTrusted = documents.every(({ own, trusted }) => own === '{}' && trusted !== undefined);
    if (!isAllTrusted) throw new CannotMigrate('the view makes some of the fields writable: say which of them the caller writes');
    return insertWith(`[${documents.map(() => '{}').join(', ')}]`, list.getText(), options);
  }
  if (list === undefined) throw new CannotMigrate('it stores nothing');
  const each = mappedBy(list);
  if (each !== undefined) {
    const document = splitDocument(each.document, view, index);
    if (document.own !== '{}') throw new CannotMigrate('the view makes some of the fields writable: say which of them the caller writes');
    return insertWith(`${each.source}.map(() => ({}))`, list.getText(), options);
  }
  const document = splitDocument(list, view, index);
  if (!Node.isIdentifier(list)) throw new CannotMigrate('the documents are computed here: put them into a constant first');
  return insertWith(`${list.getText()}.map(() => ({}))`, document.trusted, options);
}

/** `items.map((item) => ({ … }))`, where `items` can be read twice. */
function mappedBy(list: Node): { readonly source: string; readonly document: Node } | undefined {
  if (!Node.isCallExpression(list)) return undefined;
  const callee = list.getExpression();
  const [callback] = list.getArguments();
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'map' || !Node.isArrowFunction(callback)) return undefined;
  const source = callee.getExpression();
  const body = bare(callback.getBody());
  if (!Node.isIdentifier(source) && !Node.isPropertyAccessExpression(source)) return undefined;
  return Node.isObjectLiteralExpression(body) ? { source: source.getText(), document: body } : undefined;
}

function aggregateDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const { text, usesOp, mark } = rewritePipeline(call, view, index);
  const options = optionsOf(call.arguments[1]);
  return { arguments: [text, ...(options.size === 0 ? [] : [optionsText(options)])], names: new Set(usesOp ? ['op'] : []), mark };
}

/** Each model that is written out is split by itself, where it is written. */
function bulkDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [given] = call.arguments;
  if (given === undefined) throw new CannotMigrate('the bulk has no models');
  const names = new Set<'op' | 'trusted' | 'everything'>();
  const { models, types } = modelsOf(bare(given));
  const rewritten = models.map((model) => ({ model, ...modelText(model, view, index, names) }));
  const edits = rewritten.map(({ model, text }) => replace(model, text));
  const inside = (edit: Edit) => edit.start >= given.getStart() && edit.end <= given.getEnd();
  const options = optionsOf(call.arguments[1]);
  const more = [...edits.filter((edit) => !inside(edit)), ...types, ...fixModifiedCount(call, rewritten.every(({ tellsModified }) => tellsModified))];
  return { arguments: [textWith(given, edits.filter(inside)), ...(options.size === 0 ? [] : [optionsText(options)])], names, more };
}

/** The models of a list, of a `map()`, or of a variable that is filled by `push()`; and annotations that are the driver's. */
function modelsOf(list: Node): { readonly models: readonly Node[]; readonly types: readonly Edit[] } {
  if (Node.isArrayLiteralExpression(list)) return { models: list.getElements().map(bare), types: [] };
  if (Node.isCallExpression(list)) {
    const [callback] = list.getArguments();
    if (Node.isArrowFunction(callback) && list.getExpression().getText().endsWith('.map')) return { models: [bare(callback.getBody())], types: [] };
  }
  const [declared] = Node.isIdentifier(list) ? (list.getSymbol()?.getDeclarations() ?? []) : [];
  const initializer = Node.isVariableDeclaration(declared) ? declared.getInitializer() : undefined;
  if (!Node.isVariableDeclaration(declared) || initializer === undefined) throw new CannotMigrate('the models of the bulk come in a variable: write them here');
  const type = declared.getTypeNode();
  const name = declared.getNameNode();
  const types = type === undefined ? [] : [{ file: name.getSourceFile().getFilePath(), start: name.getEnd(), end: type.getEnd(), text: '' }];
  const pushed = referencesOf(name).flatMap((reference) => {
    const access = reference.getParent();
    const pushing = access?.getParent();
    const isPush = Node.isPropertyAccessExpression(access) && access.getName() === 'push' && Node.isCallExpression(pushing);
    return isPush ? pushing.getArguments().map(bare) : [];
  });
  return { models: [...modelsOf(bare(initializer)).models, ...pushed], types };
}

function modelText(model: Node, view: ViewFacts, index: NameIndex, names: Set<'op' | 'trusted' | 'everything'>): { readonly text: string; readonly tellsModified: boolean } {
  const [entry, ...more] = Node.isObjectLiteralExpression(model) ? entriesOf(model) : [];
  const parts = entry === undefined ? undefined : bare(entry.value);
  if (entry?.key === undefined || more.length > 0 || !Node.isObjectLiteralExpression(parts)) throw new CannotMigrate('a model of the bulk comes in a variable: write it here');
  const part = (name: string) => entriesOf(parts).find(({ key }) => key === name)?.value;
  if (entry.key === 'insertOne') {
    const document = splitDocument(part('document'), view, index);
    const trusted = trustedOption({ set: document.trusted });
    if (trusted !== undefined) names.add('trusted');
    return { text: `{ insertOne: { document: ${document.own}${trusted === undefined ? '' : `, ${trusted}`} } }`, tellsModified: true };
  }
  if (!['updateOne', 'updateMany', 'deleteOne', 'deleteMany'].includes(entry.key)) throw new CannotMigrate(`the library has no ${entry.key} in a bulk`);
  const filter = splitFilter(part('filter'), view, index);
  const update = entry.key.startsWith('update') ? splitUpdate(part('update'), view, index) : undefined;
  if (filter.usesOp || update?.usesOp === true) names.add('op');
  const trusted = trustedOption({ filter: filter.trusted, update: update?.trusted });
  if (trusted !== undefined) names.add('trusted');
  const rest = entriesOf(parts).filter(({ key }) => key !== 'filter' && key !== 'update').map(({ node }) => node.getText());
  const text = `{ ${entry.key}: { ${[`filter: ${filter.own}`, ...(update === undefined ? [] : [`update: ${update.own}`]), ...rest, ...(trusted === undefined ? [] : [trusted])].join(', ')} } }`;
  return { text, tellsModified: update?.tellsModified ?? true };
}
