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
  'rawQueryString',
  'pathParameters',
  'input',
  'only',
  'except',
  'qs',
]);

/** Members that are client input on a request, but not on an event. */
export const REQUEST_INPUTS: ReadonlySet<string> = new Set(['payload', 'all']);

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
  'BodyParam',
  'BodyProp',
  'QueryParam',
  'QueryParams',
  'Queries',
  'HeaderParam',
  'CookieParam',
  'Path',
  'FormField',
  'Args',
  'Arg',
  'MessageBody',
  'Payload',
]);
export const REQUEST_DECORATORS: ReadonlySet<string> = new Set(['Req', 'Request', 'Ctx', 'Context']);

/** Types of functions whose first parameter is a request, or has a request's members. */
export const HANDLER_TYPES: ReadonlySet<string> = new Set([
  'RequestHandler',
  'Handler',
  'NextApiHandler',
  'RouteHandler',
  'RouteHandlerMethod',
  'Middleware',
  'MiddlewareHandler',
  'APIGatewayProxyHandler',
  'APIGatewayProxyHandlerV2',
  'GetServerSideProps',
  'LoaderFunction',
  'ActionFunction',
  'ServerLoad',
  'PageServerLoad',
  'LayoutServerLoad',
]);

/** Exported functions that a framework calls with a request, or with an object that has a request's members. */
export const ROUTE_EXPORTS: ReadonlySet<string> = new Set([
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'getServerSideProps',
  'loader',
  'action',
  'load',
]);

/** Names of the second parameter of a handler, which show that the first one is a request. */
export const RESPONSE_NAMES: ReadonlySet<string> = new Set(['res', 'response', 'reply']);

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
