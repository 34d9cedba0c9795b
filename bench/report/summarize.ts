import { seededRandom } from '../data/random.ts';
import { type Estimate, estimate, median } from '../measure/statistics.ts';
import type { LaneSamples, Sample, WorkSamples } from '../measure/work.ts';
import type { ServerBench } from '../server/run-server-bench.ts';
import type { Row, Summary, Table } from './summary.ts';

/** Compares the lanes round by round, so that the state of the machine in a round affects all of them. */
export function summarize({ time, peers, allocation, wire, server }: ServerBench): Summary {
  const chapters = [...time].map(([chapter, works]) => {
    const tables = works.map((work) => {
      const bytes = chapter === 'users' ? allocation.get(work.work) : undefined;
      const traffic = chapter === 'users' ? wire.get(work.work) : undefined;
      return tableOf(
        work,
        peers.get(chapter)?.find((each) => each.work === work.work),
        ratios(bytes?.map(({ lane, bytes: count }) => [lane, count])),
        ratios(traffic?.map(({ lane, received, sent }) => [lane, received + sent])),
      );
    });
    return [chapter, tables] as const;
  });
  return { server, chapters: new Map(chapters) };
}

/** The rows of two processes in one table: each lane is compared with the baseline of its own process. */
export function tableOf(
  { work, lanes }: WorkSamples,
  peers: WorkSamples | undefined,
  allocated: ReadonlyMap<string, number>,
  wire: ReadonlyMap<string, number>,
): Table {
  const [baseline] = lanes;
  if (baseline === undefined) throw new Error(`No contender does ${work}`);
  const compared = (all: readonly LaneSamples[], than: LaneSamples): readonly Row[] =>
    all.map((lane) => rowOf(lane, than, allocated.get(lane.lane), wire.get(lane.lane)));
  const [peersBaseline = baseline, ...others] = peers?.lanes ?? [];
  const byName = new Map(lanes.map((lane) => [lane.lane, lane]));
  return {
    work,
    rounds: baseline.samples.length,
    rows: [...compared(lanes, baseline), ...compared(others, peersBaseline)],
    speedOf: (lane, than) => pairedIn(byName, than, lane, ({ wallMs }) => wallMs),
    cpuOf: (lane, than) => pairedIn(byName, lane, than, ({ cpuMs }) => cpuMs),
  };
}

function pairedIn(
  lanes: ReadonlyMap<string, LaneSamples>,
  above: string,
  below: string,
  part: (sample: Sample) => number,
): Estimate | undefined {
  const [one, other] = [lanes.get(above), lanes.get(below)];
  return one === undefined || other === undefined ? undefined : paired(one, other, part);
}

function rowOf(lane: LaneSamples, baseline: LaneSamples, allocated: number | undefined, wire: number | undefined): Row {
  return {
    lane: lane.lane,
    wallMs: median(lane.samples.map(({ wallMs }) => wallMs)),
    speed: paired(baseline, lane, ({ wallMs }) => wallMs),
    cpu: paired(lane, baseline, ({ cpuMs }) => cpuMs),
    ...(allocated === undefined ? {} : { allocated }),
    ...(wire === undefined ? {} : { wire }),
  };
}

/** The ratio of two lanes in each round. */
function paired(above: LaneSamples, below: LaneSamples, part: (sample: Sample) => number): Estimate {
  const ratiosByRound = above.samples.map((sample, round) => part(sample) / part(below.samples[round] as Sample));
  return estimate(ratiosByRound, seededRandom(3));
}

/** Each number over the first one. */
function ratios(numbers: readonly (readonly [lane: string, count: number])[] = []): ReadonlyMap<string, number> {
  const first = numbers[0]?.[1] ?? 1;
  return new Map(numbers.map(([lane, count]) => [lane, count / first]));
}
