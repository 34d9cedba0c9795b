import { SyntaxKind } from './syntax.ts';
import type { Node } from './syntax.ts';

/** Matchers that do not look at the fields. */
const LOOKS_AT_NO_FIELD =
  /^(?:\.not)?(?:\.to(?:BeNull|BeDefined|BeUndefined|BeTruthy|BeFalsy|BeNil|Be|HaveLength)\(|\.to(?:\.not)?\.(?:be\.(?:null|undefined|ok|an?)\b|exist\b|not\.exist\b|have\.length))/;

/** Whether `expect(user)` compares the fields of the value. */
export function isCompared(call: Node): boolean {
  const statement = call.getFirstAncestorByKind(SyntaxKind.ExpressionStatement);
  const after = statement?.getText().slice(call.getEnd() - statement.getStart()) ?? '';
  return !LOOKS_AT_NO_FIELD.test(after.replaceAll(/\s+/g, ''));
}
