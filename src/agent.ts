export { agentTools } from './agent/agent-tools.ts';
export type {
  AgentOptions,
  AgentTools,
  CollectionDescription,
  FieldDescription,
  ToolAnswer,
  ToolCallEntry,
  ToolChoice,
  ToolDescriptor,
  ToolRefusal,
  ToolSchema,
} from './types/agent.ts';
