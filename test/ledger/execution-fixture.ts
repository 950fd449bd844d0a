import type { JsonObject } from "../../ledger/format/canonical.ts";
import { common } from "./ledger-builder.ts";
import { digestOf, REPOSITORY_ID } from "./verdict-fixture.ts";

/** The phases of a run, each with what only it says. */
export const PHASES = {
  started: { phase: "started" },
  blocked: { phase: "blocked", cause: "denied" },
  ended: {
    phase: "ended",
    startedLeaf: digestOf("started"),
    exitCode: 0,
    signal: null,
    failure: null,
  },
} as const;

/** An execution's predicate after the verdict with this leaf (hex); `more` replaces whole members. */
export function executionPredicateOf(verdictLeaf: string, more: JsonObject): JsonObject {
  return common({
    action: { kind: "command", name: "deploy", number: null, attempt: "run-1" },
    repository: { host: null, id: REPOSITORY_ID, name: null },
    verdictLeaf,
    simulation: false,
    command: { program: "make", arguments: 1, digest: digestOf("make deploy") },
    workTree: { allowDirty: false, differences: [] },
    ...more,
  });
}
