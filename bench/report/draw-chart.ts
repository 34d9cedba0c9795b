import { LANES } from '../contenders/lanes.ts';
import { drawBars } from './draw-bars.ts';
import type { Summary } from './summary.ts';
import { ratio } from './table.ts';

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

/** A bar chart of the speed with longer narrow lists. */
export function drawChart(summary: Summary): string {
  const tables = (summary.chapters.get('users') ?? []).filter(({ work }) => work.endsWith('narrow')).slice(-SHOWN);
  const panels = tables.map(({ work, rows }) => ({
    title: `${work}: speed, raw driver + projection = 1`,
    bars: LANES_SHOWN.flatMap((name) => rows.filter(({ lane }) => lane === name)).map(({ lane, speed }) => ({
      name: lane,
      value: speed.median,
      shown: ratio(speed.median),
      isSafe: lane === LANES.safe,
    })),
  }));
  return drawBars('Speed of reads, compared with the raw driver with the same projection', panels);
}
