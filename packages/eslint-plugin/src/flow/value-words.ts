/** What functions and members do with a value. */

/** Functions and classes that convert their argument to a scalar. In `op()` a scalar can't be an operator. */
export const TO_SCALAR: ReadonlySet<string> = new Set([
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'parseInt',
  'parseFloat',
  'Number.parseInt',
  'Number.parseFloat',
  'Date',
  'Date.parse',
  'ObjectId',
  'ObjectId.createFromHexString',
  'ObjectId.createFromBase64',
  'Long',
  'Long.fromString',
  'Int32',
  'Double',
  'Decimal128',
  'Decimal128.fromString',
  'UUID',
  'encodeURIComponent',
  'decodeURIComponent',
]);
/** Methods of strings and dates whose results have no operators. */
export const SCALAR_METHODS: ReadonlySet<string> = new Set([
  'split',
  'toString',
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'toUpperCase',
  'normalize',
  'padStart',
  'padEnd',
  'replace',
  'replaceAll',
  'join',
  'toISOString',
  'getTime',
  'toHexString',
  'toFixed',
  'charAt',
  'substring',
]);

/** Functions and classes that pass their arguments on. The result of a function that is not known here does not count as request input. */
export const HANDS_ON: ReadonlySet<string> = new Set([
  'Object.assign',
  'Object.entries',
  'Object.fromEntries',
  'Object.values',
  'Object.keys',
  'Object.freeze',
  'Object.create',
  'Array.from',
  'Array.of',
  'Array',
  'JSON.parse',
  'JSON.stringify',
  'structuredClone',
  'Promise.resolve',
  'Promise.all',
  'Map',
  'Set',
  'RegExp',
  'Object',
  'URLSearchParams',
  'URL',
  'Buffer.from',
]);

/** Functions of lodash and Ramda that copy their arguments or a part of them. */
export const COPIES: ReadonlySet<string> = new Set([
  'pick',
  'pickBy',
  'omit',
  'omitBy',
  'clone',
  'cloneDeep',
  'merge',
  'mergeWith',
  'mergeRight',
  'mergeDeepRight',
  'assign',
  'extend',
  'defaults',
  'defaultsDeep',
  'mapValues',
  'mapKeys',
  'compact',
  'castArray',
]);

/** Functions that read a request that is passed to them. */
export const READERS: ReadonlySet<string> = new Set([
  'readBody',
  'readRawBody',
  'readFormData',
  'readMultipartFormData',
  'getQuery',
  'getRouterParam',
  'getRouterParams',
  'getHeader',
  'getHeaders',
  'getRequestHeader',
  'getRequestHeaders',
  'getCookie',
  'parseCookies',
]);

/** Methods that return an index or a boolean, which does not count as request input. */
export const ASKING: ReadonlySet<string> = new Set([
  'includes',
  'some',
  'every',
  'startsWith',
  'endsWith',
  'has',
  'test',
  'indexOf',
  'findIndex',
  'localeCompare',
]);

/** Members that the program counts. */
export const MEASURES: ReadonlySet<string> = new Set(['length', 'size', 'byteLength']);
