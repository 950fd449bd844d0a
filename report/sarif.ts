import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Judgement } from "../rules/evidence.ts";
import type { Reason } from "../rules/verdict/verdict.ts";
import { jsonDocument } from "./escape/json.ts";
import { breakGlassLine } from "./break-glass.ts";
import { visible } from "./escape/visible.ts";
import { isSettled, settlementText } from "./verdict-outline.ts";

/** `check --format sarif`: a SARIF 2.1.0 log of one run. `version` is the engine's. */
export function sarif(judgement: Judgement, version: string): string {
  const ruleIds = [...new Set(judgement.checks.map(({ policyId }) => policyId))].sort();
  return jsonDocument({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "bailiff", version, rules: ruleIds.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        ...notified(breakGlassLine(judgement)),
        results: resultsOf(judgement.verdict.reasons),
      },
    ],
  });
}

/** What is said of the run as a whole; nothing of most. */
function notified(line: string | null): object {
  if (line === null) return {};
  const notification = { level: "warning", message: { text: visible(line) } };
  return {
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: [notification] }],
  };
}

function resultsOf(reasons: readonly Reason[]): readonly object[] {
  const seen = new Map<string, number>();
  return reasons.map((reason) => {
    const identity = identityOf(reason);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return resultOf(reason, bytesToHex(sha256(utf8ToBytes(`${identity} ${occurrence}`))));
  });
}

// Without lines: a finding that merely moved within its file stays the same finding.
function identityOf({ policyId, path, side, message }: Reason): string {
  return JSON.stringify([policyId, path, side, message]);
}

function resultOf(reason: Reason, fingerprint: string): object {
  return {
    ruleId: reason.policyId,
    level: isSettled(reason) ? "note" : reason.decision === "DENY" ? "error" : "warning",
    message: { text: messageOf(reason) },
    ...(reason.path === null ? {} : { locations: [locationOf(reason, reason.path)] }),
    partialFingerprints: { "bailiffReason/v1": fingerprint },
    suppressions: reason.settledBy.map((act) => ({
      kind: "external",
      status: "accepted",
      justification: visible(`Settled: ${settlementText(act)}`),
    })),
  };
}

function messageOf(reason: Reason): string {
  const message = visible(reason.message.trim());
  return isSettled(reason) ? message : `${message}\nTo settle: ${visible(reason.remedy.trim())}`;
}

// Lines are head's: what the change removed has a file and no region.
function locationOf({ side, line, endLine }: Reason, path: string): object {
  const region =
    side === "base" || line === null
      ? {}
      : { region: { startLine: line, ...(endLine === null ? {} : { endLine }) } };
  return {
    physicalLocation: {
      artifactLocation: { uri: pathUri(path), uriBaseId: "%SRCROOT%" },
      ...region,
    },
  };
}

// A listed path writes a backslash as `\\` and a stray byte as `\xHH`; a URI has its own way for both.
function pathUri(path: string): string {
  const pieces = path.split(/(\\\\|\\x[0-9A-Fa-f]{2}|\/)/u);
  return pieces
    .map((piece) => {
      if (piece === "/") return piece;
      if (piece === "\\\\") return "%5C";
      return piece.startsWith("\\x")
        ? `%${piece.slice(2).toUpperCase()}`
        : encodeURIComponent(piece.toWellFormed());
    })
    .join("");
}
