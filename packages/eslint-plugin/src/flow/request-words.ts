/** The names that identify request input. */

/** Names of objects that contain request input. */
export const REQUEST_NAMES: readonly string[] = ['req', 'request', 'ctx', 'context', 'event'];

/** Members that lead from a context to its request: `c.req`, `ctx.request`. */
export const REQUEST_MEMBERS: ReadonlySet<string> = new Set(['req', 'request']);

/** Types of parameters that are a request or a context, with any parameter name. */
export const REQUEST_TYPES: ReadonlySet<string> = new Set([
  'Request',
  'FastifyRequest',
  'HonoRequest',
  'NextRequest',
  'NextApiRequest',
  'IncomingMessage',
  'Context',
  'ParameterizedContext',
  'RouterContext',
  'APIGatewayProxyEvent',
  'APIGatewayProxyEventV2',
]);

/** Members of a request that are client input. */
export const INPUTS: ReadonlySet<string> = new Set([
  'body',
  'rawBody',
  'query',
  'querystring',
  'queries',
  'params',
  'param',
  'headers',
  'header',
  'rawHeaders',
  'headersDistinct',
  'cookies',
  'signedCookies',
  'url',
  'originalUrl',
  'file',
  'files',
  'json',
  'text',
  'formData',
  'parseBody',
  'arrayBuffer',
  'blob',
  'valid',
  'get',
  'searchParams',
  'nextUrl',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'pathParameters',
]);

/** On these, `get('user')` returns what an earlier handler stored; `req.get('name')` returns a header. */
export const CONTEXT_NAMES: ReadonlySet<string> = new Set(['ctx', 'context', 'c']);

/** Decorators of Nest that make a parameter request input, or the request itself. */
export const INPUT_DECORATORS: ReadonlySet<string> = new Set([
  'Body',
  'Query',
  'Param',
  'Headers',
  'RawBody',
  'UploadedFile',
  'UploadedFiles',
  'Cookies',
  'HostParam',
]);
export const REQUEST_DECORATORS: ReadonlySet<string> = new Set(['Req', 'Request']);

/** Methods that take a route's handler after its path. */
export const ROUTE_METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'head',
  'options',
  'all',
  'use',
  'on',
  'route',
]);

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
export const SCALAR_METHODS: ReadonlySet<string> = new Set([
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

/** Functions and classes that pass their argument on. The result of any other function does not count as request input. */
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
