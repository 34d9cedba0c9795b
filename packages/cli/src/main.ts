import { commands } from './commands/all.ts';
import { run } from './terminal/run.ts';
import { packageVersion } from './terminal/version.ts';

process.exitCode = await run(process.argv.slice(2), commands, packageVersion(), {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
});
