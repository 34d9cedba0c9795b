const g = "app.get('/', (req) => ";

export const FOUND = [
  `import { trusted } from '../lib/barrel.ts'; ${g} trusted(req.body));`,
  `import { trusted } from '../lib/barrel.js'; ${g} trusted(req.body));`,
  `import { trusted } from '../lib'; ${g} trusted(req.body));`,
  `import { trusted } from '@/lib'; ${g} trusted(req.body));`,
  `import { ours } from '../lib/index.js'; ${g} ours(req.body));`,
  `import { mine as m } from '../lib/names.js'; ${g} m(req.body));`,
  `import { own } from '../lib/barrel.js'; ${g} own(req.body));`,
  `import { tag } from '../lib/names.js'; ${g} tag(req.body));`,
  `import { mark } from '../lib/names.js'; ${g} mark(req.body));`,
  `import lib from '../lib/names.js'; ${g} lib.trusted(req.body));`,
  `import { sc } from '../lib/barrel.js'; ${g} sc.trusted(req.body));`,
  `import * as lib from '../lib/index.js'; ${g} lib.trusted(req.body));`,
  `import * as lib from '../lib/index.js'; ${g} lib.sc.trusted(req.body));`,
  `const { trusted } = require('../lib/common.cjs'); ${g} trusted(req.body));`,
  `const lib = await import('../lib/index.js'); ${g} lib.trusted(req.body));`,
];

export const NOT_FOUND = [
  `import { commented } from '../lib/names.js'; ${g} commented(req.body));`,
  `import { trusted } from '../lib/own.js'; ${g} trusted(req.body));`,
  `import { trustedUsers } from '../lib/index.js'; ${g} trustedUsers(req.body));`,
  `import { trusted } from '../lib/missing.js'; ${g} trusted(req.body));`,
];
