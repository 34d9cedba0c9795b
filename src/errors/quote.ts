const LONGEST = 80;

/** A key for use in a message: quoted, on one line, shortened if it is long. Never used for a value. */
export function quote(key: string): string {
  const cut = key.length > LONGEST ? `${key.slice(0, LONGEST)}…` : key;
  return `'${JSON.stringify(cut).slice(1, -1)}'`;
}
