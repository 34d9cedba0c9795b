import { bare, entriesOf, Node, requestInputBehind } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';

/** The request input that a filter compares with, in operators and lists of filters too. */
export function inputInFilter(node: Node, index: NameIndex): readonly Node[] {
  const written = bare(node);
  if (Node.isObjectLiteralExpression(written))
    return entriesOf(written).flatMap(({ value }) => inputInFilter(value, index));
  if (Node.isArrayLiteralExpression(written)) return written.getElements().flatMap((one) => inputInFilter(one, index));
  return requestInputBehind(written, index);
}

/** The request input that a field gets, in modifiers and lists too. A subdocument that the code writes is the program's own. */
export function inputInWrite(node: Node, index: NameIndex): readonly Node[] {
  const written = bare(node);
  if (Node.isObjectLiteralExpression(written))
    return entriesOf(written).flatMap(({ key, value }) =>
      key?.startsWith('$') === true ? inputInWrite(value, index) : [],
    );
  if (Node.isArrayLiteralExpression(written)) return written.getElements().flatMap((one) => inputInWrite(one, index));
  return requestInputBehind(written, index);
}
