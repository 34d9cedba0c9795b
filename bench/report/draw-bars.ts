const WIDTH = 720;
const LABEL = 240;
const BAR = 18;
const GAP = 6;
const TITLE = 34;
const ROOM_FOR_VALUES = 70;

/** One bar. The library's are highlighted. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly shown: string;
  readonly isSafe: boolean;
}

/** Bars that are drawn to one scale. */
export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** A bar chart as SVG. Readable on light and dark pages. */
export function drawBars(label: string, panels: readonly Panel[]): string {
  const drawn: string[] = [];
  let top = 0;
  for (const { title, bars } of panels) {
    const most = Math.max(...bars.map(({ value }) => value));
    drawn.push(`<text class="title" x="0" y="${top + 20}">${title}</text>`);
    top += TITLE;
    for (const bar of bars) {
      drawn.push(draw(bar, most, top));
      top += BAR + GAP;
    }
    top += GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="${label}">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.bar { fill: #8c959f }
.safe { fill: #1a7f37 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .safe { fill: #3fb950 } }
</style>
${drawn.join('\n')}
</svg>
`;
}

function draw({ name, value, shown, isSafe }: Bar, most: number, top: number): string {
  const width = Math.max(1, Math.round((value / most) * (WIDTH - LABEL - ROOM_FOR_VALUES)));
  const middle = top + 14;
  return [
    `<text x="${LABEL - 8}" y="${middle}" text-anchor="end">${name}</text>`,
    `<rect class="${isSafe ? 'safe' : 'bar'}" x="${LABEL}" y="${top}" width="${width}" height="${BAR}" rx="3"/>`,
    `<text x="${LABEL + width + 6}" y="${middle}">${shown}</text>`,
  ].join('');
}
