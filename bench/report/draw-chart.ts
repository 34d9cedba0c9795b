import { LANES } from '../contenders/lanes.ts';
import type { Summary } from './summary.ts';
import { ratio } from './table.ts';

const WIDTH = 720;
const LABEL = 190;
const BAR = 18;
const GAP = 6;
const TITLE = 34;
const SHOWN = 2;

const LANES_SHOWN: readonly string[] = [
  LANES.safe,
  LANES.baseline,
  LANES.papr,
  LANES.lean,
  LANES.zod,
  LANES.whole,
  LANES.mongoose,
  LANES.typegoose,
  LANES.mikro,
];

/** A bar chart of the speed with longer narrow lists. Readable on light and dark pages. */
export function drawChart(summary: Summary): string {
  const tables = (summary.chapters.get('users') ?? []).filter(({ work }) => work.endsWith('narrow')).slice(-SHOWN);
  const panels: string[] = [];
  let top = 0;
  for (const { work, rows } of tables) {
    const shown = LANES_SHOWN.flatMap((name) => rows.filter(({ lane }) => lane === name));
    const most = Math.max(...shown.map(({ speed }) => speed.median));
    panels.push(`<text class="title" x="0" y="${top + 20}">${work}: speed, raw driver + projection = 1</text>`);
    top += TITLE;
    for (const { lane, speed } of shown) {
      panels.push(bar(lane, speed.median, most, top));
      top += BAR + GAP;
    }
    top += GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Speed of reads, compared with the raw driver with the same projection">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.bar { fill: #8c959f }
.safe { fill: #1a7f37 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .safe { fill: #3fb950 } }
</style>
${panels.join('\n')}
</svg>
`;
}

function bar(lane: string, speed: number, most: number, top: number): string {
  const width = Math.max(1, Math.round((speed / most) * (WIDTH - LABEL - 60)));
  const middle = top + 14;
  return [
    `<text x="${LABEL - 8}" y="${middle}" text-anchor="end">${lane}</text>`,
    `<rect class="${lane === LANES.safe ? 'safe' : 'bar'}" x="${LABEL}" y="${top}" width="${width}" height="${BAR}" rx="3"/>`,
    `<text x="${LABEL + width + 6}" y="${middle}">${ratio(speed)}</text>`,
  ].join('');
}
