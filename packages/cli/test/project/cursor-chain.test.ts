import { expect, it } from 'vitest';

import { chainAfter, findDriverCalls, openProject } from '../../src/project/index.ts';
import { folderOf } from '../support/folder.ts';

it('the calls on a cursor, and where the expression ends', () => {
  const { calls } = findDriverCalls(
    openProject(
      folderOf({
        'a.js': `async (db) => (await db.collection('users').find({}).project({ a: 1 }).sort({ a: 1 }).toArray()).map((one) => one.a);`,
      }),
    ),
  );
  const [chain] = calls.map(({ node }) => chainAfter(node));
  expect(chain?.calls.map(({ method }) => method)).toEqual(['project', 'sort', 'toArray', 'map']);
  expect(chain?.end.getText()).toContain('.map(');
});
