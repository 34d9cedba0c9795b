import { expect, it } from 'vitest';

import type { Summary } from '../../bench/report/summary.ts';
import { withChapter } from '../../bench/report/write-results.ts';
import { QUICK } from '../../bench/size.ts';

const SUMMARY: Summary = { server: '6.0.5', chapters: new Map([['scopes', []]]) };

it('replaces one chapter of earlier results', () => {
  const earlier = '# Results\n\n## Scopes\n\nold\n\n### old table\n\n## Pages\n\nkept\n\n## Versions\n\nkept\n';
  const written = withChapter(earlier, 'scopes', SUMMARY, QUICK);
  expect(written).not.toContain('old');
  expect(written.match(/^## .+$/gm)).toEqual(['## Scopes', '## Pages', '## Versions']);
  expect(written).toMatch(/^# Results\n\n## Scopes\n\n.+\n\n## Pages\n\nkept\n\n## Versions\n\nkept\n$/);
});

it('adds a chapter before the versions', () => {
  const written = withChapter('# Results\n\n## Pages\n\nkept\n\n## Versions\n\nkept\n', 'scopes', SUMMARY, QUICK);
  expect(written.match(/^## .+$/gm)).toEqual(['## Pages', '## Scopes', '## Versions']);
  expect(written).toContain('kept\n\n## Scopes');
});
