import { provedBytes } from '../results/json/proved-json.ts';

const [OPEN, COMMA, COLON, CLOSE] = ['{', ',', ':', '}'].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

/**
 * A checked envelope as JSON, if it has proved JSON at its top level, which is printed in place. `undefined` for any other body.
 * Everything else in it is printed as by `JSON.stringify`.
 */
export function jsonInPlace(body: unknown): Buffer | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const entries = Object.entries(body);
  if (!entries.some(([, value]) => provedBytes(value) !== undefined)) return undefined;
  const parts = entries.flatMap(([key, value], index) => [
    index === 0 ? OPEN : COMMA,
    Buffer.from(JSON.stringify(key)),
    COLON,
    provedBytes(value) ?? Buffer.from(JSON.stringify(value)),
  ]);
  return Buffer.concat([...parts, CLOSE]);
}
