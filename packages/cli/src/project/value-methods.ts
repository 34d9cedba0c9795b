import { SyntaxKind } from './syntax.ts';

/** Methods of arrays, cursors and promises whose result is the same documents, or some of them. */
export const KEEPS = new Set([
  'toArray',
  'next',
  'tryNext',
  'project',
  'sort',
  'limit',
  'skip',
  'batchSize',
  'maxTimeMS',
  'hint',
  'collation',
  'comment',
  'stream',
  'allowDiskUse',
  'addCursorFlag',
  'filter',
  'slice',
  'reverse',
  'concat',
  'at',
  'find',
  'findLast',
  'pop',
  'shift',
  'flat',
  'toSorted',
  'toReversed',
  'values',
  'catch',
  'finally',
  'lean',
  'exec',
  'clone',
  'withReadPreference',
  'splice',
  'entries',
  'match',
  'group',
  'unwind',
  'lookup',
]);

/** Methods of arrays and cursors that read no field of the documents. */
export const INSPECTS = new Set([
  'hasNext',
  'close',
  'rewind',
  'count',
  'bufferedCount',
  'push',
  'unshift',
  'includes',
  'indexOf',
  'lastIndexOf',
  'keys',
  'toString',
]);

/** Methods whose callback gets a document as its first parameter. */
export const CALLS_BACK = new Set([
  'map',
  'forEach',
  'filter',
  'find',
  'findLast',
  'findIndex',
  'some',
  'every',
  'flatMap',
  'then',
  'each',
  'toArray',
  'next',
]);

/** Methods whose result is what the callback returns. */
export const MAPS = new Set(['map', 'flatMap', 'then']);

/** Functions that return their argument. */
export const PASSES = new Set([
  'JSON.stringify',
  'JSON.parse',
  'structuredClone',
  'Promise.resolve',
  'Promise.all',
  'Promise.allSettled',
  'Object.freeze',
  'Object.assign',
  'Array.from',
  'cloneDeep',
  'EJSON.stringify',
  'EJSON.serialize',
  '_.cloneDeep',
]);

/** Functions that only inspect their argument. */
export const LOOKS = /^(?:assert|console\.\w+|logger?\.\w+|Boolean|Array\.isArray|expect|isNil|_\.isEmpty|isEmpty)$/;

/** The expressions and statements around a value that do not pass it on. */
export const LOOKED_AT: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ExpressionStatement,
  SyntaxKind.IfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.CaseClause,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.VoidExpression,
]);
