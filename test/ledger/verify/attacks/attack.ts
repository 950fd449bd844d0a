import { toBase64 } from "../../../../ledger/format/base64.ts";
import { generateSigningKey } from "../../../../ledger/format/keys.ts";
import { writeTrustRoot } from "../../../../ledger/format/trust-root.ts";
import type { ProblemCode } from "../../../../ledger/verify/verification.ts";
import type { VerifyOptions } from "../../../../ledger/verify/verify.ts";
import type { FixtureFile } from "../../../git/fixture-repository.ts";
import type { PlannedCommit } from "../../fake-clone.ts";
import { LEDGER_KEY, rootDocument } from "../../ledger-builder.ts";

/** One attack: the branch that it leaves, what the auditor holds, and every code that must be told. */
export interface Attack {
  readonly when: string;
  readonly commits: () => readonly PlannedCommit[];
  readonly options?: () => VerifyOptions;
  readonly codes: readonly ProblemCode[];
  /** The place of the first problem of the first code. */
  readonly place?: string | RegExp;
  readonly since?: string | RegExp;
}

/** Has a key of his own, and may push. */
export const THIEF = generateSigningKey().key;
export const OTHER_ORIGIN = "bailiff.dev/ledger/ffffffffffffffffffffffffffffffff";

/** The batches of the sample ledger. */
export const BATCH = "records/001-1.jsonl";
export const PAIR = "records/002-2.jsonl";

/** The current content of a file on a planned branch. */
export function contentOf(commits: readonly PlannedCommit[], path: string): Uint8Array {
  const file = commits.map(({ files }) => files[path]).findLast((found) => found !== undefined);
  if (typeof file === "string") return new TextEncoder().encode(file);
  if (file instanceof Uint8Array) return file;
  throw new Error(`no plain file ${path}`);
}

/** The same branch, its commit at `at` made anew: a force push. */
export function amended(
  commits: readonly PlannedCommit[],
  at: number,
  files: Readonly<Record<string, FixtureFile>>,
): readonly PlannedCommit[] {
  return commits.map((commit, index) =>
    index === at ? { ...commit, files: { ...commit.files, ...files } } : commit,
  );
}

/** The same commit without touching a file. */
export function untouching({ message, files }: PlannedCommit, path: string): PlannedCommit {
  const others = Object.entries(files).filter(([name]) => name !== path);
  return { message, files: Object.fromEntries(others) };
}

export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

export function edited(line: Uint8Array, edit: (envelope: string) => string): Uint8Array {
  return Buffer.from(edit(Buffer.from(line).toString("utf8")));
}

/** Another payload under the signature of the old one. */
export function withDecision(line: Uint8Array, from: string, to: string): Uint8Array {
  return edited(line, (envelope) => {
    const parsed = JSON.parse(envelope) as { payload: string };
    const payload = Buffer.from(parsed.payload, "base64").toString("utf8").replace(from, to);
    return JSON.stringify({ ...parsed, payload: toBase64(Buffer.from(payload)) });
  });
}

export function linesOf(commits: readonly PlannedCommit[], path: string): readonly string[] {
  return Buffer.from(contentOf(commits, path)).toString("utf8").trimEnd().split("\n");
}

export function batchOf(lines: readonly (string | Uint8Array)[]): string {
  return lines.map((line) => `${Buffer.from(line).toString("utf8")}\n`).join("");
}

/** Keyset 2: the thief's key beside the ledger's, signed as told. */
export function secondRoot(
  signers = [LEDGER_KEY],
  change: Parameters<typeof rootDocument>[0] = {},
): Uint8Array {
  return writeTrustRoot(rootDocument({ version: 2, ...change }), signers);
}
