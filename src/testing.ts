export { twoWorlds, type TwoWorldsReport, type TwoWorldsSettings, type WorldDifference } from './testing/two-worlds.ts';
export { worldMatchers, type WorldMatchers } from './testing/matchers.ts';
export type { World } from './testing/world.ts';
export type { WorldRequest } from './testing/world-request.ts';
export type { FetchApp, FetchHandler, InjectApp, NestApp, ServerApp, TestedApp } from './testing/open-app.ts';
