import type { FileFact } from "../rules/facts/facts.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { Reason } from "../rules/verdict/verdict.ts";
import { hidesCharacters, visible } from "./escape/visible.ts";
import { cutText, fitBlocks } from "./fit.ts";
import { isSettled, settlementText } from "./verdict-outline.ts";

/** GitHub's annotation of a check run. Lines are 1-based and inclusive, of the head's version. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
}

export type AnnotationLevel = "failure" | "warning" | "notice";

/** `omitted` counts the reasons that have a path and yet no annotation. */
export interface Annotations {
  readonly annotations: readonly Annotation[];
  readonly omitted: number;
}

const LEVELS: readonly AnnotationLevel[] = ["failure", "warning", "notice"];
const MAX_TITLE_BYTES = 255;
const MAX_MESSAGE_BYTES = 64_000;
const MAX_LINE_BYTES = 8_192;

/** A reason and the place at head where it is annotated. */
interface PlacedReason {
  readonly reason: Reason;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/**
 * A verdict's reasons at their lines, denials first, at most `limit` annotations.
 *
 * Reasons of one policy at one line make one annotation. A reason about what the change removed
 * stands at line 1 of the file, if head still has it. A reason about the change as a whole has
 * no annotation; one that is not in a file of head's, or whose path cannot be written
 * faithfully, is counted.
 */
export function annotationsOf(
  { verdict, facts }: Judgement,
  { limit }: { limit: number },
): Annotations {
  const atHead = headPaths(facts.change.files);
  const placed = verdict.reasons.flatMap((reason) => placeAtHead(reason, atHead));
  const groups = [...Map.groupBy(placed, keyOf).values()].sort((a, b) => severity(a) - severity(b));
  const kept = groups.slice(0, limit);
  const withPath = verdict.reasons.filter(({ path }) => path !== null);
  return { annotations: kept.map(annotationOf), omitted: withPath.length - kept.flat().length };
}

// From each side's path to the same file's path at head.
function headPaths(files: readonly FileFact[]): ReadonlyMap<string, string> {
  const present = files.filter(({ status }) => status !== "removed");
  return new Map([
    ...present.map(({ path }) => [`head:${path}`, path] as const),
    ...present.map(({ path, previousPath }) => [`base:${previousPath ?? path}`, path] as const),
  ]);
}

function placeAtHead(reason: Reason, atHead: ReadonlyMap<string, string>): readonly PlacedReason[] {
  const path = atHead.get(`${reason.side}:${reason.path}`);
  if (path === undefined || !isFaithful(path)) return [];
  const line = reason.side === "head" ? (reason.line ?? 1) : 1;
  const endLine = reason.side === "head" ? (reason.endLine ?? line) : 1;
  return [{ reason, path, line, endLine: Math.max(line, endLine) }];
}

// A backslash in a listed path stands for something else: a byte, or a doubled backslash.
function isFaithful(path: string): boolean {
  return !path.includes("\\") && !hidesCharacters(path);
}

function keyOf({ reason, path, line }: PlacedReason): string {
  return JSON.stringify([path, line, reason.policyId]);
}

function severity(group: readonly PlacedReason[]): number {
  return Math.min(...group.map(({ reason }) => LEVELS.indexOf(levelOf(reason))));
}

function levelOf(reason: Reason): AnnotationLevel {
  if (isSettled(reason)) return "notice";
  return reason.decision === "DENY" ? "failure" : "warning";
}

function annotationOf(group: readonly PlacedReason[]): Annotation {
  const [first] = group as [PlacedReason, ...PlacedReason[]];
  const level = LEVELS[severity(group)] ?? "failure";
  const word = { failure: "DENY", warning: "WARN", notice: "SETTLED" }[level];
  return {
    path: first.path,
    start_line: first.line,
    end_line: Math.max(...group.map(({ endLine }) => endLine)),
    annotation_level: level,
    title: cutText(`${word}: ${visible(first.reason.policyId)}`, MAX_TITLE_BYTES),
    message: messageOf(group.map(({ reason }) => reason)),
  };
}

function messageOf(reasons: readonly Reason[]): string {
  const acts = reasons.flatMap((reason) =>
    isSettled(reason)
      ? reason.settledBy.map((act) => `Settled: ${settlementText(act)}`)
      : [`To settle: ${reason.remedy}`],
  );
  return fitBlocks({
    head: "",
    blocks: [...reasons.map(said), ...new Set(acts)].map(line),
    foot: "",
    maxBytes: MAX_MESSAGE_BYTES,
    leftOut: (count) => `(${count} more lines left out)`,
  }).trimEnd();
}

function said(reason: Reason): string {
  const before = reason.line === null ? "" : `, line ${reason.line}`;
  return reason.side === "base"
    ? `${reason.message.trim()} (before the change${before})`
    : reason.message;
}

function line(text: string): string {
  return `${visible(cutText(text.trim(), MAX_LINE_BYTES))}\n`;
}
