import { testMatrix } from './support/test-matrix.ts';

testMatrix(['projection', 'filter', 'sort', 'distinct', 'no path'], 120);
