import type { RecordDraft, StandingRecord } from "../../ledger/record.ts";
import type { GovernedAction, Ports } from "../../maestro/ports.ts";
import { packSource } from "../../rules/packs/packs.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { Listing } from "../../rules/change/listing.ts";

const id = (digit: string): string => digit.repeat(40);

export const action: GovernedAction = {
  facts: {
    ...{ kind: "pull_request", name: null, number: 42, title: "Release", body: null },
    actor: { id: "1", login: "ann", bot: false },
    author: { id: "1", login: "ann", bot: false },
    ...{ labels: [], draft: false, fork: false, baseBranch: "main", headBranch: "release" },
    at: "2026-11-22T10:00:00.000Z",
  },
  repository: {
    ...{ host: "github.com", id: "7", name: "acme/shop", defaultBranch: "main" },
    defaultTokenPermissions: "unknown",
  },
  range: { base: id("a"), head: id("b") },
  origin: "app",
  attempt: null,
};

const listing: Listing = {
  ...{ base: id("a"), head: id("b"), mergeBase: id("a"), mergeTree: null },
  ...{ baseTree: id("c"), headTree: id("d"), files: [] },
};

export interface FakePorts {
  readonly ports: Ports;
  /** What happened, in order. */
  readonly story: string[];
  readonly drafts: RecordDraft[];
}

/** Ports that write down what is asked of them; a step that is named in `fails` throws what is given. */
export function fakePorts(
  fails: Readonly<Record<string, Error>> = {},
  ledger = true,
  standing: readonly (readonly [kind: string, record: StandingRecord])[] = [],
): FakePorts {
  const story: string[] = [];
  const drafts: RecordDraft[] = [];
  function step<T>(name: string, result: T): Promise<T> {
    story.push(name);
    const failure = fails[name.split(":", 1)[0] ?? name];
    return failure === undefined ? Promise.resolve(result) : Promise.reject(failure);
  }
  const pack = packSource("bailiff:recommended");
  const ports: Ports = {
    change: {
      list: () => step("list", listing),
      read: () => step("read", new Map()),
      commits: () => step("commits", []),
      owners: () => step("owners", { path: null, content: null }),
      digest: () => step("digest", "f".repeat(64)),
    },
    gate: {
      begin: () => step("begin", undefined),
      conclude: ({ verdict }, record) =>
        step(`conclude: ${verdict.decision} at ${record?.index ?? "no index"}`, "allowed" as const),
      fail: (_, { message }) => step(`fail: ${message}`, undefined),
    },
    ledger: ledger
      ? {
          observe: () => step("observe", { size: 1, root: "AAAA" }),
          standing: (kind) =>
            Promise.resolve(standing.filter(([of]) => of === kind).map(([, one]) => one)),
          append: (appended) => {
            drafts.push(...appended);
            return step("append", [{ index: 1, leaf: "e".repeat(64), pin: "pin", appended: true }]);
          },
        }
      : null,
    evaluator: () => ({ id: "bailiff", version: "0.0.0", digest: "0".repeat(64) }),
    policies: () => step("policies", loadPolicies(pack === null ? [] : [pack], false)),
    external: () => step("external", { reviews: [], contributors: [], statuses: null }),
  };
  return { ports, story, drafts };
}
