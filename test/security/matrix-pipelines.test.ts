import { testMatrix } from './support/test-matrix.ts';

testMatrix(['stage', 'expression', 'join key', 'populate'], 80);
