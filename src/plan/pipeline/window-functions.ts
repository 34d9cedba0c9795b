import { isInputArray, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { value, WINDOW_ACCUMULATORS, type ParseAccumulator } from './accumulators.ts';
import { parseNamed, readNamed, type Names } from './named-operands.ts';
import { parseExpression } from './parse-expression.ts';
import { movingScopeOf, scopeOf, type Expression } from './scope.ts';
import { COMPUTED, allowScalar } from './shape.ts';
import type { StageContext } from './stage.ts';
import type { WindowFunction } from '../../grammar/window-functions.ts';

/** The functions of `$setWindowFields`, each with its parser. */
const PARSERS = {
  ...WINDOW_ACCUMULATORS,
  $count: nothing,
  $covariancePop: computed,
  $covarianceSamp: computed,
  $rank: nothing,
  $denseRank: nothing,
  $documentNumber: nothing,
  $linearFill: computed,
  $locf: value,
  $shift: shift,
  $derivative: named({ names: ['input', 'unit'], required: ['input'] }),
  $integral: named({ names: ['input', 'unit'], required: ['input'] }),
  $expMovingAvg: named({ names: ['input', 'N', 'alpha'], required: ['input'] }),
} satisfies Record<WindowFunction, ParseAccumulator>;

export const WINDOW_FUNCTIONS: ReadonlyMap<string, ParseAccumulator> = new Map(Object.entries(PARSERS));

function computed(name: string, operand: InputCopy, context: StageContext): Expression {
  return { emitted: emit(name, parseExpression(operand, scopeOf(context)).emitted), shape: COMPUTED };
}

function nothing(name: string, operand: InputCopy, { call }: StageContext): Expression {
  if (!isInputObject(operand) || Object.keys(operand).length > 0)
    return call.refuse('pipeline_value', `${name} takes {}.`, name);
  return { emitted: emit(name, operand), shape: COMPUTED };
}

function named(names: Names): ParseAccumulator {
  return (name, operand, context) => {
    const { emitted } = parseNamed(name, operand, names, scopeOf(context), parseExpression);
    return { emitted: emit(name, emitted), shape: COMPUTED };
  };
}

/** `$shift`. The server accepts only a constant as the default. */
function shift(name: string, operand: InputCopy, context: StageContext): Expression {
  const { call } = context;
  const {
    output,
    by,
    default: other,
  } = readNamed(name, operand, { names: ['output', 'by', 'default'], required: ['output', 'by'] }, call);
  if (!Number.isSafeInteger(by)) return call.refuse('pipeline_value', '$shift takes an integer as by.', name);
  const parsed = parseExpression(output, movingScopeOf(context));
  const emitted = emit('output', parsed.emitted);
  emitted['by'] = by;
  if (other !== undefined) {
    if (!isScalar(other) || (typeof other === 'string' && other.startsWith('$')))
      call.refuse('pipeline_value', '$shift takes a constant as default.', name);
    emitted['default'] = other;
  }
  return { emitted: emit(name, emitted), shape: allowScalar(parsed.shape) };
}

/** Parses the bounds of a window: constants, `'current'` and `'unbounded'`. */
export function parseWindow(window: InputCopy, { call }: StageContext): Emitted {
  const written = readNamed('window', window, { names: ['documents', 'range', 'unit'], required: [] }, call);
  const emitted = emptyDocument();
  for (const [name, bounds] of Object.entries(written)) {
    if (!(name === 'unit' ? typeof bounds === 'string' && !bounds.startsWith('$') : areBounds(bounds))) {
      call.refuse(
        'pipeline_value',
        "A window takes [from, to] of numbers, 'current' or 'unbounded', and a unit.",
        name,
      );
    }
    emitted[name] = bounds;
  }
  return emitted;
}

function areBounds(bounds: InputCopy): boolean {
  return (
    isInputArray(bounds) &&
    bounds.length === 2 &&
    bounds.every((bound) => typeof bound === 'number' || bound === 'current' || bound === 'unbounded')
  );
}
