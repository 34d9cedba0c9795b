import { quote } from '../../../errors/quote.ts';
import { append } from '../../../input/append.ts';
import { isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit, emptyDocument, type Emitted } from '../../emit.ts';
import { checkName } from '../field-path.ts';
import { readNamed } from '../named-operands.ts';
import { parseExpression } from '../parse-expression.ts';
import { parseSortBy } from '../parse-sort-by.ts';
import { movingScopeOf, type Expression } from '../scope.ts';
import type { Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';
import { parseWindow, WINDOW_FUNCTIONS } from '../window-functions.ts';
import { setFields } from './set-fields.ts';

/** `$setWindowFields`: fields computed from the documents around each one. */
export function setWindowFields(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  const names = { names: ['partitionBy', 'sortBy', 'output'], required: ['output'] };
  const { partitionBy, sortBy, output } = readNamed('$setWindowFields', operand, names, call);
  if (!isInputObject(output) || Object.keys(output).length === 0) {
    return call.refuse(
      'pipeline_value',
      '$setWindowFields takes an object with at least one output.',
      '$setWindowFields',
    );
  }
  const emitted = emptyDocument();
  if (partitionBy !== undefined) emitted['partitionBy'] = parseExpression(partitionBy, movingScopeOf(context)).emitted;
  if (sortBy !== undefined) emitted['sortBy'] = parseSortBy(sortBy, context);
  const made = emptyDocument();
  const fields: (readonly [name: string, field: Shape])[] = [];
  for (const [name, written] of Object.entries(output)) {
    checkName(name, '$setWindowFields', call);
    const field = parseOutput(name, written, context);
    made[name] = field.emitted;
    append(fields, [name, field.shape]);
  }
  emitted['output'] = made;
  return { emitted: emit('$setWindowFields', emitted), shape: setFields(context, fields) };
}

function parseOutput(field: string, written: InputCopy, context: StageContext): Expression {
  const { call } = context;
  const entries = isInputObject(written) ? Object.entries(written) : [];
  const [entry, ...others] = entries.filter(([name]) => name !== 'window');
  if (entry === undefined || others.length > 0) {
    return call.refuse(
      'pipeline_value',
      `$setWindowFields takes one window function at ${quote(field)}, and a window.`,
      field,
    );
  }
  const [name, operand] = entry;
  const parse = WINDOW_FUNCTIONS.get(name);
  if (parse === undefined)
    return call.refuse('pipeline_expression', `${quote(name)} is not an allowed window function.`, name);
  const { emitted, shape } = parse(name, operand, context);
  const window = entries.find(([key]) => key === 'window');
  if (window !== undefined) (emitted as Emitted)['window'] = parseWindow(window[1], context);
  return { emitted, shape };
}
