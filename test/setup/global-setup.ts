// Without this import TypeScript looks for the module to augment in its CommonJS form, and finds none.
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import { startServer } from '../../scripts/mongod/start-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A replica set for all tests. Use a database with a random name, and drop only that one. */
    mongodbUri: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  project.provide('mongodbUri', server.uri);
  return () => server.stop();
}
