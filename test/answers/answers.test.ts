import { LISTS } from './support/all-lists.ts';
import { testAnswers } from './support/test-answers.ts';

LISTS.forEach(testAnswers);
