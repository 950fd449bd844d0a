import { isJsonObject, type JsonObject, type JsonValue } from "./canonical.ts";
import { subjectOf, type Statement } from "./statement.ts";

/** What a message is made of: a record's kind and statement. */
export interface MessageRecord {
  readonly kind: string;
  readonly statement: Statement;
}

const MAX_WORD_CHARACTERS = 64;
const MAX_POLICIES_SHOWN = 8;
/** The format's limit; the text is ASCII. */
const MAX_MESSAGE_BYTES = 1_024;
const DECISIONS = ["DENY", "WARN", "ALLOW"] as const;

/**
 * The message of the commit that places these records, from them alone: verification derives it
 * again.
 *
 * ```
 * DENY PR 42 1f2e3d4 new-permissions
 * ```
 * ```
 * 5 verdicts: 1 DENY, 4 ALLOW
 *
 * DENY PR 42 1f2e3d4 new-permissions
 * …
 * ```
 *
 * Whatever a record says, it holds no `#`, `@` or control character, so it mentions nobody, closes
 * nothing and adds no line; a word has at most 64 characters, and
 * what would be over 1 KiB is counted.
 */
export function commitMessage(records: readonly MessageRecord[]): string {
  const lines = records.map(recordLine);
  if (lines.length === 1) return lines.join("\n");
  return withBody([headline(records), ""], lines);
}

/** As many lines as fit, with room for the count of those that do not. */
function withBody(head: readonly string[], lines: readonly string[]): string {
  const shown = [...head];
  const room = MAX_MESSAGE_BYTES - `\nand ${lines.length} more`.length;
  let bytes = head.join("\n").length;
  for (const line of lines) {
    bytes += 1 + line.length;
    if (bytes > room) break;
    shown.push(line);
  }
  const more = lines.length - (shown.length - head.length);
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

function recordLine({ kind, statement }: MessageRecord): string {
  const { predicate } = statement;
  if (kind === "verdict") return verdictLine(statement);
  if (kind === "execution") return executionLine(statement);
  if (kind === "trust") return `trust root ${shortDigest(predicate["root"])}`;
  return [word(kind), commitWord(statement)].filter(Boolean).join(" ");
}

function verdictLine(statement: Statement): string {
  const action = member(statement.predicate, "action");
  const words = [
    decisionOf(statement),
    actionWords(action),
    commitWord(statement),
    ...policyWords(member(statement.predicate, "verdict")["policyIds"]),
    isSimulation(statement) ? "(simulation)" : "",
  ];
  return words.filter(Boolean).join(" ");
}

/** `execution started deploy 1f2e3d4`. */
function executionLine(statement: Statement): string {
  const { name } = member(statement.predicate, "action");
  const words = [word(statement.predicate["phase"]), word(name), commitWord(statement)];
  return ["execution", ...words].filter(Boolean).join(" ");
}

function headline(records: readonly MessageRecord[]): string {
  const verdicts = records.filter(({ kind }) => kind === "verdict");
  const decisions = verdicts.map(({ statement }) => decisionOf(statement));
  const counts = countsOf(decisions, [...DECISIONS, UNKNOWN]);
  if (verdicts.length === records.length) return `${records.length} verdicts: ${counts}`;
  const kinds = records.map(({ kind }) => word(kind));
  return `${records.length} records: ${countsOf(kinds, [...new Set(kinds)].sort())}`;
}

function countsOf(words: readonly string[], order: readonly string[]): string {
  return order
    .map((name) => ({ name, count: words.filter((each) => each === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(", ");
}

const UNKNOWN = "UNKNOWN";

function decisionOf({ predicate }: Statement): string {
  const decision = member(predicate, "verdict")["decision"];
  return DECISIONS.find((known) => known === decision) ?? UNKNOWN;
}

function isSimulation({ predicate }: Statement): boolean {
  return member(member(predicate, "verdict"), "provenance")["simulation"] === true;
}

function actionWords({ kind, number, name }: JsonObject): string {
  if (kind === "pull_request" && typeof number === "number") return `PR ${number}`;
  return [word(kind), word(name)].filter(Boolean).join(" ");
}

function policyWords(policyIds: JsonValue | undefined): readonly string[] {
  const ids = Array.isArray(policyIds) ? (policyIds as readonly JsonValue[]) : [];
  const shown = ids.slice(0, MAX_POLICIES_SHOWN).map(word);
  return ids.length > MAX_POLICIES_SHOWN
    ? [...shown, `and ${ids.length - MAX_POLICIES_SHOWN} more`]
    : shown;
}

function commitWord(statement: Statement): string {
  return subjectOf(statement).commit?.slice(0, 7) ?? "";
}

function shortDigest(value: JsonValue | undefined): string {
  return word(value).slice(0, 12);
}

/** Lower case also takes the `GH-1` out, which a host would link as `#1`. */
function word(value: JsonValue | undefined): string {
  if (typeof value !== "string") return "";
  const plain = value.toLowerCase().replaceAll(/[^a-z0-9._/-]+/g, "_");
  return plain.slice(0, MAX_WORD_CHARACTERS);
}

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}
