import { testMatrix } from './support/test-matrix.ts';

testMatrix(['filter'], 120);
