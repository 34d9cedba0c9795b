import { LISTS } from './support/all-lists.ts';
import { listsOfDriver } from './support/lists-of-driver.ts';
import { testAnswers } from './support/test-answers.ts';

listsOfDriver(LISTS).forEach(testAnswers);
