import { readFileSync } from 'node:fs';

import { commands } from './commands/all.ts';
import { run } from './terminal/run.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };

process.exitCode = await run(process.argv.slice(2), commands, version, {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
});
