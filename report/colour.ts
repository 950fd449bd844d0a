export type Tone = "good" | "doubtful" | "bad" | "strong" | "faint";

/** Gives `text` a tone where the terminal shows colours. */
export type Paint = (tone: Tone, text: string) => string;

const CODES: Readonly<Record<Tone, number>> = {
  good: 32,
  doubtful: 33,
  bad: 31,
  strong: 1,
  faint: 2,
};

/** A painter; without colour it leaves text as it is. */
export function painter(colour: boolean): Paint {
  return (tone, text) => (colour ? `\u{1b}[${CODES[tone]}m${text}\u{1b}[0m` : text);
}

/** The tone of a decision. */
export function toneOf(decision: string): Tone {
  if (decision === "ALLOW") return "good";
  return decision === "WARN" ? "doubtful" : "bad";
}
