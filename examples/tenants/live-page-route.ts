import type { FastifyInstance } from 'fastify';

/** Shows the newest orders, and keeps them current. The stream is opened before the list is read, so no change is missed. */
const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Orders</title>
<ul id="orders"></ul>
<script type="module">
  const list = document.getElementById('orders');
  const show = ({ id, product, quantity }) => {
    const row = document.getElementById(id) ?? list.appendChild(document.createElement('li'));
    row.id = id;
    row.textContent = quantity + ' × ' + product;
  };
  const read = async () => {
    const { items } = await (await fetch('/api/orders')).json();
    list.replaceChildren();
    items.forEach(show);
  };
  const live = new EventSource('/api/orders/live');
  for (const type of ['enter', 'update']) live.addEventListener(type, ({ data }) => show(JSON.parse(data)));
  live.addEventListener('leave', ({ data }) => document.getElementById(JSON.parse(data).id)?.remove());
  live.addEventListener('resync', read);
  live.addEventListener('open', read, { once: true });
</script>
`;

/** `/orders/live`: a page for a browser behind the gateway. It has no data of its own. */
export function livePageRoute(app: FastifyInstance): void {
  app.get('/orders/live', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
}
