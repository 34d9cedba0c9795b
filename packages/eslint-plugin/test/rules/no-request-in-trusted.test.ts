import { noRequestInTrusted } from '../../src/rules/no-request-in-trusted.ts';
import { testWithTypes, testWithoutTypes } from '../rule-testers.ts';

const IMPORT = "import { op, trusted } from 'safe-collection';";
const trusted = (source: string) => [{ messageId: 'trusted' as const, data: { source } }];
const op = (source: string) => [{ messageId: 'op' as const, data: { source } }];

testWithoutTypes('no-request-in-trusted', noRequestInTrusted, {
  valid: [
    `${IMPORT} app.patch('/me', (req) => users.updateOne({ username: req.params.username }, { $set: req.body }, { trusted: trusted({ update: { $set: { updated_at: new Date() } } }) }));`,
    `${IMPORT} app.post('/users', async (req) => trusted({ set: { password_hash: await hash(req.body.password), role: 'user' } }));`,
    `${IMPORT} app.get('/mine', (req) => trusted({ filter: { user_id: req.user.id, tenant: req.session.tenant } }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $gte: Number(req.query.min), $lt: parseInt(req.query.max, 10) }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $in: req.body.ids.map((id) => new ObjectId(id)) }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $in: req.body.ids.map(String) }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $in: String(req.query.tags).split(',') }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $eq: \`\${req.query.name}\` }));`,
    `${IMPORT} app.get('/mine', (req) => op({ $gte: new Date(req.query.since) }));`,
    `${IMPORT} app.get('/mine', (req) => { const { min } = schema.parse(req.query); return op({ $gte: min }); });`,
    `${IMPORT} app.get('/mine', (req) => trusted({ filter: req.query.all === 'yes' ? {} : { deleted_at: null } }));`,
    `${IMPORT} app.get('/mine', (req) => trusted({ filter: { hidden: req.query.tags.includes('hidden') } }));`,
    `${IMPORT} app.get('/mine', ({ user, session }) => trusted({ filter: { user_id: user.id, tenant: session.tenant } }));`,
    `${IMPORT} const { user } = req; trusted({ filter: { user_id: user.id } });`,
    `${IMPORT} app.use((c) => trusted({ filter: { user_id: c.get('user').id } }));`,
    `${IMPORT} export const f = (ctx) => trusted({ filter: { user_id: ctx.get('userId'), tenant: ctx.state.tenant } });`,
    `${IMPORT} export const f = (event: OrderPlaced) => trusted({ set: { text: event.body } });`,
    `${IMPORT} import request from './settings'; trusted({ set: request.headers });`,
    "import { trusted, op } from './own'; app.get('/', (req) => { trusted(req.body); op(req.query); });",
    "app.get('/', (req) => { trusted(req.body); op(req.query); });",
    `${IMPORT} export const f = (store) => trusted({ filter: { id: store.query } });`,
    `${IMPORT} export const f = ({ query }) => op({ $gte: query.min });`,
    `${IMPORT} let role = 'user'; app.get('/', (req) => { const copy = { ...req.body }; log(copy); return trusted({ set: { role } }); });`,
  ],
  invalid: [
    { code: `${IMPORT} app.patch('/me', (req) => trusted(req.body));`, errors: trusted('req.body') },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ update: { $set: req.body } }));`,
      errors: trusted('req.body'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: req.body.role } }));`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: req['body']['role'] } }));`,
      errors: trusted("req['body']['role']"),
    },
    { code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { ...req.body } }));`, errors: trusted('req.body') },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: String(req.body.role) } }));`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: req.body.role.trim() } }));`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { user_id: new ObjectId(req.params.id) } }));`,
      errors: trusted('req.params.id'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { key: \`sk_\${req.query.key}\` } }));`,
      errors: trusted('req.query.key'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { key: 'sk_' + req.query.key } }));`,
      errors: trusted('req.query.key'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { key: req.header('x-key'), other: req.get('x-other') } }));`,
      errors: [
        ...trusted("req.header('x-key')").map(() => ({ messageId: 'trusted' as const })),
        { messageId: 'trusted' },
      ],
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { key: req.cookies.key } }));`,
      errors: trusted('req.cookies.key'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { key: req.headers['x-key'] as string } }));`,
      errors: trusted("req.headers['x-key']"),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ update: { $set: { [req.body.field]: 1 } } }));`,
      errors: trusted('req.body.field'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: req.body.role ?? 'user' } }));`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: { role: isAdmin ? req.body.role : 'user' } }));`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ filter: { age: op({ $gte: Number(req.query.min) }) } }));`,
      errors: trusted('req.query.min'),
    },
    { code: `${IMPORT} app.patch('/me', (req) => trusted(JSON.parse(req.body)));`, errors: trusted('req.body') },
    {
      code: `${IMPORT} app.patch('/me', (req) => trusted({ set: Object.fromEntries(Object.entries(req.body).filter(([, v]) => v)) }));`,
      errors: trusted('req.body'),
    },
    // values that flow on
    {
      code: `${IMPORT} app.patch('/me', (req) => { const set = req.body; return trusted({ set }); });`,
      errors: [{ messageId: 'trusted' }],
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const { role } = req.body; return trusted({ set: { role } }); });`,
      errors: [{ messageId: 'trusted' }],
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const { body: { role } } = req; return trusted({ set: { role } }); });`,
      errors: trusted('role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const { user, ...rest } = req; return trusted({ set: rest }); });`,
      errors: trusted('rest'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const r = req; return trusted({ set: r.body }); });`,
      errors: trusted('r.body'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { let role = 'user'; if (req.query.x) role = req.body.role; return trusted({ set: { role } }); });`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const set = {}; set.role = req.body.role; return trusted({ set }); });`,
      errors: trusted('req.body.role'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const set = {}; Object.assign(set, req.body); return trusted({ set }); });`,
      errors: trusted('req.body'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const ids = []; ids.push(req.body.id); return trusted({ filter: { _id: op({ $in: ids }) } }); });`,
      errors: [{ messageId: 'trusted' }],
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const sets = []; for (const item of req.body.items) sets.push(trusted({ set: item })); });`,
      errors: trusted('req.body.items'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => req.body.items.map((item) => trusted({ set: { qty: item.qty } })));`,
      errors: trusted('req.body.items'),
    },
    {
      code: `${IMPORT} app.patch('/me', (req) => { const read = () => req.body; return trusted({ set: read() }); });`,
      errors: trusted('req.body'),
    },
    {
      code: `${IMPORT} app.patch('/me', async (req) => { const input = { ...req.body, at: new Date() }; return users.updateOne(f, u, { trusted: trusted({ set: input }) }); });`,
      errors: trusted('req.body'),
    },
    // handlers and frameworks
    { code: `${IMPORT} app.patch('/me', ({ body }) => trusted({ set: body }));`, errors: trusted('body') },
    { code: `${IMPORT} app.patch('/me', check, (r, res) => trusted({ set: r.body }));`, errors: trusted('r.body') },
    {
      code: `${IMPORT} app.route({ method: 'GET', url: '/me', handler: (r) => trusted({ set: r.body }) });`,
      errors: trusted('r.body'),
    },
    {
      code: `${IMPORT} export async function edit({ params, body }: Request) { return trusted({ set: body }); }`,
      errors: trusted('body'),
    },
    {
      code: `${IMPORT} export async function edit(incoming: express.Request<P>) { return trusted({ set: incoming.body }); }`,
      errors: trusted('incoming.body'),
    },
    {
      code: `${IMPORT} export async function edit(request: FastifyRequest<{ Body: B }>) { return trusted({ set: request.body }); }`,
      errors: trusted('request.body'),
    },
    {
      code: `${IMPORT} app.post('/me', async (c) => trusted({ set: await c.req.json() }));`,
      errors: trusted('c.req.json'),
    },
    { code: `${IMPORT} app.post('/me', async (c) => op(c.req.query()));`, errors: op('c.req.query') },
    {
      code: `${IMPORT} app.post('/me', async (c) => trusted({ filter: { id: c.req.param('id') } }));`,
      errors: trusted('c.req.param'),
    },
    {
      code: `${IMPORT} app.post('/me', async (c) => trusted({ set: c.req.valid('json') }));`,
      errors: trusted('c.req.valid'),
    },
    {
      code: `${IMPORT} router.post('/me', async (ctx) => trusted({ set: ctx.request.body }));`,
      errors: trusted('ctx.request.body'),
    },
    {
      code: `${IMPORT} export const f = async (ctx) => trusted({ filter: ctx.params });`,
      errors: trusted('ctx.params'),
    },
    {
      code: `${IMPORT} export const handler = async (event) => trusted({ set: JSON.parse(event.body) });`,
      errors: trusted('event.body'),
    },
    {
      code: `${IMPORT} export async function POST(request) { const body = await request.json(); return trusted({ set: body }); }`,
      errors: trusted('request.json'),
    },
    {
      code: `${IMPORT} class Users { @Patch() edit(@Body() dto: UserDto) { return trusted({ set: dto }); } }`,
      errors: trusted('dto'),
    },
    {
      code: `${IMPORT} class Users { @Get() list(@Query('q') q: string) { return op({ $regex: q }); } }`,
      errors: op('q'),
    },
    {
      code: `${IMPORT} class Users { edit() { return trusted({ set: this.request.body }); } }`,
      errors: trusted('this.request.body'),
    },
    {
      code: `${IMPORT} export const f = (incoming) => trusted({ set: incoming.body });`,
      options: [{ requestNames: ['incoming'] }],
      errors: trusted('incoming.body'),
    },
    { code: `${IMPORT} export const f = (req) => trusted(req);`, errors: trusted('req') },
    // op()
    { code: `${IMPORT} app.get('/users', (req) => op(req.query.age));`, errors: op('req.query.age') },
    {
      code: `${IMPORT} app.get('/users', (req) => op(req.query.age as { $gte: number }));`,
      errors: op('req.query.age'),
    },
    {
      code: `${IMPORT} app.get('/users', (req) => op({ $gte: req.query.min, $lt: Number(req.query.max) }));`,
      errors: op('req.query.min'),
    },
    { code: `${IMPORT} app.get('/users', (req) => op({ ...req.query.age }));`, errors: op('req.query.age') },
    {
      code: `${IMPORT} app.get('/users', (req) => op({ [String(req.query.operator)]: 5 }));`,
      errors: op('req.query.operator'),
    },
    {
      code: `${IMPORT} app.get('/users', (req) => op({ $regex: new RegExp(req.query.q) }));`,
      errors: op('req.query.q'),
    },
    { code: `${IMPORT} app.get('/users', (req) => op({ $in: req.body.ids }));`, errors: op('req.body.ids') },
    {
      code: `${IMPORT} app.get('/users', (req) => op({ $in: req.body.ids.map((id) => id) }));`,
      errors: op('req.body.ids'),
    },
    { code: `${IMPORT} app.get('/users', (req) => op({ $in: [].concat(req.query.id) }));`, errors: op('req.query.id') },
    // how the functions come here
    {
      code: "import { trusted as own } from 'safe-collection'; app.get('/', (req) => own(req.body));",
      errors: trusted('req.body'),
    },
    { code: "import * as sc from 'safe-collection'; app.get('/', (req) => sc.op(req.body));", errors: op('req.body') },
    {
      code: "const { trusted } = require('safe-collection'); app.get('/', (req) => trusted(req.body));",
      errors: trusted('req.body'),
    },
    {
      code: "const sc = await import('safe-collection'); app.get('/', (req) => sc.trusted(req.body));",
      errors: trusted('req.body'),
    },
    { code: `${IMPORT} const mark = trusted; app.get('/', (req) => mark(req.body));`, errors: trusted('req.body') },
  ],
});

testWithTypes('no-request-in-trusted', noRequestInTrusted, {
  valid: [
    `${IMPORT} interface Context { body: string } export const f = (own: Context) => trusted({ filter: { a: own.body } });`
      .replace('Context', 'Settings')
      .replace('Context', 'Settings'),
    `${IMPORT} import type { Request } from 'express'; export const f = (incoming: Request) => op({ $gte: Number(incoming.query['min']) });`,
  ],
  invalid: [
    {
      code: `${IMPORT} import type { Request, RequestHandler } from 'express'; export const f: RequestHandler = (incoming) => { trusted({ filter: incoming.query }); };`,
      errors: trusted('incoming.query'),
    },
    {
      code: `${IMPORT} import type { FastifyRequest as R } from 'fastify'; export const f = (r: R) => trusted({ filter: { a: r.body } });`,
      errors: trusted('r.body'),
    },
  ],
});
