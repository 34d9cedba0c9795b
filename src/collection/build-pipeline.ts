import type { Inert } from '../inert/snapshot.ts';
import { emit } from '../plan/emit.ts';
import { STAGE_METHODS } from '../plan/pipeline/stage-methods.ts';
import type { SafeAggregationCursor } from './safe-aggregation-cursor.ts';

/** What a pipeline needs of its collection. Closures, so that no property leads to it. */
export interface PipelineSource {
  /** Copies the operand of a step, once. */
  readonly copy: (operand: unknown) => Inert;
  /** Holds the stages to the view, and says whether the last one is a projection. */
  readonly check: (stages: readonly Inert[]) => boolean;
  readonly open: (stages: readonly Inert[]) => SafeAggregationCursor<unknown>;
}

/** A frozen pipeline with a method for each stage, and with those that read it once it is projected. */
export function buildPipeline(source: PipelineSource, stages: readonly Inert[] = []): object {
  const isProjected = stages.length > 0 && source.check(stages);
  const steps = Object.entries(STAGE_METHODS).map(([method, stage]) => {
    const step = (operand: unknown): object => buildPipeline(source, [...stages, Object.freeze(emit(stage, source.copy(operand)))]);
    return [method, step] as const;
  });
  return Object.freeze({ ...Object.fromEntries(steps), ...(isProjected ? readsOf(() => source.open(stages)) : {}) });
}

function readsOf(open: () => SafeAggregationCursor<unknown>): object {
  return {
    cursor: open,
    toArray: () => open().toArray(),
    forEach: (iterator: (document: unknown) => boolean | void) => open().forEach(iterator),
    [Symbol.asyncIterator]: () => open()[Symbol.asyncIterator](),
    async next() {
      await using cursor = open();
      return await cursor.next();
    },
  };
}
