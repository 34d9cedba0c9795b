/** Asks each library the same questions, and prints the answers as JSON. Arguments: the address of a server, and a free database. */
import { resolve } from 'node:path';

import { ask } from './ask.ts';
import type { OpenLibrary } from './library.ts';
import { openDriver } from './open-driver.ts';
import { openSafeCollection } from './open-safe-collection.ts';

// They have dependencies of their own, with a driver of their own.
const PEERS: string = resolve(import.meta.dirname, '../peers/compare/open-peers.ts');
const { openPeers } = (await import(PEERS)) as { readonly openPeers: readonly OpenLibrary[] };

const [uri = '', database = ''] = process.argv.slice(2);
const answers: (readonly [question: string, answer: object])[][] = [];
for (const open of [openDriver, ...openPeers, openSafeCollection]) answers.push([...(await ask(open, uri, database))]);
console.log(JSON.stringify(answers));
