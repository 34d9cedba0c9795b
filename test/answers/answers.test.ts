import { inject } from 'vitest';

import { LISTS } from './support/all-lists.ts';
import { listsThatHold } from './support/lists-that-hold.ts';
import { testAnswers } from './support/test-answers.ts';

const lists = await listsThatHold(LISTS, inject('mongodbUri'));
lists.forEach(testAnswers);
