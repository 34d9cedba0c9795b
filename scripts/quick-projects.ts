/** What `npm test` runs. Vitest has no way to leave two projects out: `--project '!a' --project '!b'` runs both. */
const QUICK_PROJECTS = ['shared', 'isolated', 'measured'];

/** The same as arguments of vitest. */
export const quickProjects: readonly string[] = QUICK_PROJECTS.flatMap((name) => ['--project', name]);
