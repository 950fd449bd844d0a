/** A credential in a text. `start` and `end` are its indexes there, `end` exclusive. */
export interface FoundSecret {
  /** What it is, for people: `github token`. */
  readonly name: string;
  /** The credential in the one spelling that all layouts of it share. Never to be shown or kept. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export function positionedAt(
  { name, value }: Pick<FoundSecret, "name" | "value">,
  start: number,
): FoundSecret {
  return { name, value, start, end: start + value.length };
}
