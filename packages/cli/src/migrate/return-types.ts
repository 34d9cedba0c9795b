import { functionAround, isFunction, Node, SyntaxKind } from '../project/index.ts';
import type { Edit } from './edit.ts';
import type { Fault } from './verify.ts';

/** "Not assignable" in its forms: other errors in a returned value are not about its declared type. */
const ASSIGNABILITY: ReadonlySet<number> = new Set([2322, 2326, 2375, 2412, 2559, 2719, 2739, 2740, 2741]);

/** A return type, `: Promise<User | null>`, that does not fit a projected document. Without it the compiler infers the type. */
export interface ReturnType {
  readonly edit: Edit;
  /** The range of its function. */
  readonly start: number;
  readonly end: number;
}

/** The return type of the function whose returned value an error is about. */
export function returnTypeAt(node: Node, { code }: Fault): ReturnType | undefined {
  const owner = ASSIGNABILITY.has(code) && isReturned(node) ? functionAround(node) : undefined;
  if (owner === undefined || !isFunction(owner) || !Node.isReturnTyped(owner)) return undefined;
  const type = owner.getReturnTypeNode();
  if (type === undefined) return undefined;
  const file = owner.getSourceFile();
  const colon = file.getFullText().lastIndexOf(':', type.getStart());
  const edit = { file: file.getFilePath(), start: colon, end: type.getEnd(), text: '' };
  return { edit, start: owner.getStart(), end: owner.getEnd() };
}

/** Whether an error is about a returned value: the compiler reports it at the `return`. */
function isReturned(node: Node): boolean {
  const statement =
    node.getFirstAncestorByKind(SyntaxKind.ReturnStatement) ?? (Node.isReturnStatement(node) ? node : undefined);
  if (statement === undefined) return false;
  const value = statement.getExpression();
  return (
    node.getStart() === statement.getStart() ||
    (Node.isObjectLiteralExpression(value) &&
      node.getFirstAncestor((one) => one === value) !== undefined &&
      functionAround(node) === functionAround(statement))
  );
}
