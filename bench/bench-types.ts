import { readArguments } from './arguments.ts';
import { measureEditor } from './editor/measure-editor.ts';
import { buildPackage } from './prepare/build-package.ts';
import { installPeers } from './prepare/install-peers.ts';
import { writeReport } from './report/write-report.ts';
import { writeTypeResults } from './report/write-type-results.ts';
import { SERVICE } from '../scripts/types/service/source.ts';
import { DOCUMENTS } from './types/documents.ts';
import { measureService } from './types/measure-service.ts';
import { measureHardTypes, measureTypes } from './types/measure-types.ts';

/** `npm run bench:types`: the cost of types for compilers and editors. Prints the tables and writes them. */
const { quick, out } = readArguments();
installPeers();
console.error('bench: instantiations and check time');
const costs = measureTypes(quick ? [10] : [...DOCUMENTS.keys()], quick ? 1 : 3);
const hard = measureHardTypes();
buildPackage({ declarations: true });
console.error('bench: a service');
const service = measureService(quick ? { collections: 2, calls: 10 } : SERVICE, quick ? 1 : 3);
console.error('bench: language servers');
const editor = await measureEditor(quick ? 1 : 15);
await writeReport(out, 'RESULTS-TYPES.md', writeTypeResults(costs, hard, service, editor));
