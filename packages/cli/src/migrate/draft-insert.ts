import { bare, Node } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import type { Draft } from './draft.ts';
import { optionsOf, optionsText, trustedOption } from './rewrite-options.ts';
import { splitDocument } from './rewrite-write.ts';
import type { SplitWrite } from './rewrite-write.ts';
import type { ViewFacts } from './view-facts.ts';

/** `insertOne()`: the document is split into the caller's part and the program's own. */
export function insertDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const document = splitDocument(call.arguments[0], view, index);
  return { ...insertWith(document.own, document.trusted, optionsOf(call.arguments[1])), more: document.more ?? [] };
}

function insertWith(own: string, set: string | undefined, options: Map<string, string>): Draft {
  const trusted = trustedOption({ set });
  if (trusted !== undefined) options.set('trusted', trusted);
  return {
    arguments: [own, ...(options.size === 0 ? [] : [optionsText(options)])],
    names: new Set(trusted === undefined ? [] : ['trusted']),
  };
}

/** `insertMany()`: `trusted` gets a list of the same length. */
export function insertManyDraft(call: DriverCall, view: ViewFacts, index: NameIndex): Draft {
  const [given] = call.arguments;
  const list = given === undefined ? undefined : bare(given);
  const options = optionsOf(call.arguments[1]);
  if (Node.isArrayLiteralExpression(list)) {
    const documents = list.getElements().map((element) => notTakenApart(splitDocument(element, view, index)));
    const isAllTrusted = documents.every(({ own, trusted }) => own === '{}' && trusted !== undefined);
    if (!isAllTrusted)
      throw new CannotMigrate('the view makes some of the fields writable: say which of them the caller writes');
    return insertWith(`[${documents.map(() => '{}').join(', ')}]`, list.getText(), options);
  }
  if (list === undefined) throw new CannotMigrate('it stores nothing');
  const each = mappedBy(list);
  if (each !== undefined) {
    const document = notTakenApart(splitDocument(each.document, view, index));
    if (document.own !== '{}')
      throw new CannotMigrate('the view makes some of the fields writable: say which of them the caller writes');
    return insertWith(`${each.source}.map(() => ({}))`, list.getText(), options);
  }
  if (Object.keys(view.writes).length > 0)
    throw new CannotMigrate('the documents are in a variable: say which of their fields the caller writes');
  const document = splitDocument(list, view, index);
  if (!Node.isIdentifier(list))
    throw new CannotMigrate('the documents are computed here: put them into a constant first');
  return insertWith(`${list.getText()}.map(() => ({}))`, document.trusted, options);
}

/** A statement can split one document, but there is no place for one statement per document. */
function notTakenApart(document: SplitWrite): SplitWrite {
  if (document.more === undefined || document.more.length === 0) return document;
  throw new CannotMigrate('the view makes some of the fields writable: say which of them the caller writes');
}

/** `items.map((item) => ({ … }))`, where `items` can be read twice. */
function mappedBy(list: Node): { readonly source: string; readonly document: Node } | undefined {
  if (!Node.isCallExpression(list)) return undefined;
  const callee = list.getExpression();
  const [callback] = list.getArguments();
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'map' || !Node.isArrowFunction(callback))
    return undefined;
  const source = callee.getExpression();
  const body = bare(callback.getBody());
  if (!Node.isIdentifier(source) && !Node.isPropertyAccessExpression(source)) return undefined;
  return Node.isObjectLiteralExpression(body) ? { source: source.getText(), document: body } : undefined;
}
