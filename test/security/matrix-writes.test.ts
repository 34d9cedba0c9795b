import { testMatrix } from './support/test-matrix.ts';

testMatrix(['update', 'arrayFilter', 'upsert', 'insert', 'replace'], 60);
