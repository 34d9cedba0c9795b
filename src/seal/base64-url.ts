/**
 * The bytes of a base64url text, or `undefined` if it is not the one that these bytes are written as. Node ignores foreign characters and the
 * unused bits of the last one, so two texts could have the same bytes.
 */
export function fromBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
