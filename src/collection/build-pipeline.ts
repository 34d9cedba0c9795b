import { append } from '../input/append.ts';
import { STAGE_METHODS } from '../grammar/stages.ts';
import { inputObject, type InputCopy } from '../input/copy-input.ts';
import type { Position } from '../plan/pipeline/place-stage.ts';
import type { SafeAggregationCursor } from './safe-aggregation-cursor.ts';

/** What a pipeline uses of its collection. These are closures, so that no property leads to the collection. */
export interface PipelineSource {
  /** Copies the operand of a step. */
  readonly copy: (operand: unknown) => InputCopy;
  readonly begin: () => Position;
  /** Checks one more stage, and says where the pipeline is after it. */
  readonly check: (position: Position, stage: InputCopy) => Position;
  /** Whether the pipeline says what comes out after one more stage. */
  readonly isStated: (stage: InputCopy, before: boolean) => boolean;
  readonly open: (stages: readonly InputCopy[]) => SafeAggregationCursor<unknown>;
}

/** The last stage and those before it. They are already checked, so a step checks only its own stage. */
interface Step {
  readonly stage: InputCopy;
  readonly before: Step | undefined;
  readonly position: Position;
  readonly isStated: boolean;
}

/** A frozen pipeline with a method for each stage, and with those that read it once it says what comes out. */
export function buildPipeline(source: PipelineSource, last?: Step): object {
  const steps = Object.entries(STAGE_METHODS).map(([method, name]) => {
    const step = (operand: unknown): object => {
      const stage = inputObject({ [name]: source.copy(operand) });
      return buildPipeline(source, {
        stage,
        before: last,
        position: source.check(last?.position ?? source.begin(), stage),
        isStated: source.isStated(stage, last?.isStated ?? false),
      });
    };
    return [method, step] as const;
  });
  return Object.freeze({
    ...Object.fromEntries(steps),
    ...(last?.isStated === true ? readsOf(() => source.open(stagesUntil(last))) : {}),
  });
}

function stagesUntil(last: Step): readonly InputCopy[] {
  const stages: InputCopy[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) append(stages, step.stage);
  return stages.toReversed();
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
