const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML, in content and in quoted attributes. Field names come from the database, so they are not trusted. */
export function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

/** Makes control characters visible. A name with an escape sequence could otherwise change what a terminal shows. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (letter) => `\\x${(letter.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`);
}
