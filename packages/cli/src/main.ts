import { commands } from './commands/all.ts';
import { inLargerHeap } from './terminal/larger-heap.ts';
import { run } from './terminal/run.ts';
import { packageVersion } from './terminal/version.ts';

const args = process.argv.slice(2);

process.exitCode =
  inLargerHeap(args) ??
  (await run(args, commands, packageVersion(), {
    out: (text) => console.log(text),
    error: (text) => console.error(text),
  }));
