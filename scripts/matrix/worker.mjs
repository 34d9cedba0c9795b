import { withoutServer, withServer } from './program.mjs';

/** Answers what passed. The address of the server comes with the request. */
export default {
  async fetch(request) {
    const uri = new URL(request.url).searchParams.get('uri');
    const lines = [];
    for (const name of ['without a server', 'with a server']) {
      const run = name === 'with a server' ? () => withServer(uri) : withoutServer;
      try {
        lines.push(`passed ${name}: ${(await run()).join(', ')}`);
      } catch (error) {
        lines.push(`failed ${name}: ${error.name}: ${error.message}`);
      }
    }
    return new Response(lines.join('\n'));
  },
};
