const LONGEST = 80;

/** A key as it may stand in a message: quoted, on one line, cut where it is long. Never used on a value. */
export function quote(key: string): string {
  const cut = key.length > LONGEST ? `${key.slice(0, LONGEST)}…` : key;
  return `'${JSON.stringify(cut).slice(1, -1)}'`;
}
