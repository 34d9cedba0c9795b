import {
  CONDITION_LISTS,
  CONDITION_OPERATORS,
  TOOL_LIMITS,
  type ConditionOperator,
} from '../grammar/agent-operators.ts';
import { isInputObject, type InputCopy, type InputObject } from '../input/copy-input.ts';
import { op } from '../values/op.ts';
import { readLiteral } from './read-literal.ts';
import { at, listed, readList, readParts, readWord, written } from './read-input.ts';
import { refuseInput } from './tool-fault.ts';
import type { ConditionField, ToolFields } from './tool-fields.ts';

/** Reads the conditions of a tool into a filter of the library. Without conditions, it matches every document. */
export function readFilter(value: InputCopy, fields: ToolFields, paths: string[]): object {
  return value === undefined ? {} : new ConditionReader(fields, paths).read(value, 'filter', 1);
}

class ConditionReader {
  readonly #fields: ToolFields;
  readonly #paths: string[];
  #count = 0;

  constructor(fields: ToolFields, paths: string[]) {
    this.#fields = fields;
    this.#paths = paths;
  }

  read(value: InputCopy, where: string, depth: number): object {
    this.#count += 1;
    if (this.#count > TOOL_LIMITS.conditions || depth > TOOL_LIMITS.depth)
      return refuseInput(
        'argument_invalid',
        `There are more than ${TOOL_LIMITS.conditions} conditions, or they are nested deeper than ${TOOL_LIMITS.depth} levels.`,
        where,
        'Use fewer conditions, and `in` for several values of one field.',
      );
    const combined = isInputObject(value) ? combinationIn(value) : undefined;
    if (combined === undefined) return this.#compare(value, where);
    const parts = readParts(value, where, [combined]);
    const inner = at(where, combined);
    if (combined === 'not') return { $nor: [this.read(parts[combined], inner, depth + 1)] };
    const conditions = readList(parts[combined], inner, 1, TOOL_LIMITS.conditions);
    return {
      [CONDITION_LISTS[combined]]: conditions.map((each, index) => this.read(each, at(inner, index), depth + 1)),
    };
  }

  #compare(value: InputCopy, where: string): object {
    const parts = readParts(value, where, ['field', 'op', 'value'], ['field', 'op', 'value']);
    const field = this.#fieldAt(parts['field'], at(where, 'field'));
    const name = readWord(parts['op'], at(where, 'op'), field.operators);
    const operand = operandOf(name, parts['value'], field, at(where, 'value'));
    this.#paths.push(field.path);
    return { [field.path]: op(operand as never) };
  }

  #fieldAt(value: InputCopy, where: string): ConditionField {
    const { filterable } = this.#fields;
    const field = typeof value === 'string' ? filterable.get(value) : undefined;
    return (
      field ??
      refuseInput(
        'filter_path',
        `${written(value)} is not a field that conditions may name.`,
        where,
        `Use one of: ${listed([...filterable.keys()])}.`,
      )
    );
  }
}

function combinationIn(value: InputObject): 'and' | 'or' | 'not' | undefined {
  return (['and', 'or', 'not'] as const).find((name) => Object.hasOwn(value, name));
}

function operandOf(name: ConditionOperator, value: InputCopy, { kind }: ConditionField, where: string): object {
  const { operator, takes } = CONDITION_OPERATORS[name];
  if (takes === 'boolean') return { [operator]: readLiteral(value, 'boolean', where) };
  if (takes === 'text') return textOperand(name, value, where);
  if (takes === 'values') {
    const values = readList(value, where, 1, TOOL_LIMITS.values);
    return { [operator]: values.map((each, index) => readLiteral(each, kind, at(where, index))) };
  }
  return { [operator]: value === null && takes === 'value or null' ? null : readLiteral(value, kind, where) };
}

/** Text is matched as it is written: no character of it has a meaning in the pattern. */
function textOperand(name: ConditionOperator, value: InputCopy, where: string): object {
  const text = readLiteral(value, 'string', where) as string;
  if (text === '' || text.length > TOOL_LIMITS.text || text.includes('\0'))
    return refuseInput(
      'filter_value',
      `The text must have 1 to ${TOOL_LIMITS.text} characters, and no NUL.`,
      where,
      'Pass a part of the text that you look for.',
    );
  const pattern = text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return name === 'startsWith' ? { $regex: `^${pattern}` } : { $regex: pattern, $options: 'i' };
}
