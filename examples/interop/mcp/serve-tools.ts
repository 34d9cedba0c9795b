import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { AgentTools } from 'safe-collection/agent';

/** A server of the Model Context Protocol for the tools of one session. It adds nothing: the tools check what a model asks. */
export function serveTools(tools: AgentTools): Server {
  const server = new Server({ name: 'shop', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.descriptors.map(({ name, description, inputSchema, outputSchema }) => ({
      name,
      description,
      inputSchema,
      outputSchema,
      annotations: { readOnlyHint: true },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const answer = await tools.call(params.name, params.arguments ?? {}, { signal });
    const content = [{ type: 'text' as const, text: answer.text }];
    return answer.ok ? { content, structuredContent: answer.output } : { content, isError: true };
  });
  return server;
}
