import { testMatrix } from './support/test-matrix.ts';

testMatrix(['projection', 'sort', 'distinct', 'no path'], 120);
