import process from 'node:process';

import { withServer } from './program.mjs';

console.log(`passed: ${(await withServer(process.argv[2])).join(', ')}`);
process.exit(0);
