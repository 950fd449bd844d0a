import { beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../ledger/format/canonical.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import {
  exceptionDraft,
  grantOf,
  overrideOf,
  reviewOf,
  revocationOf,
} from "./exception-fixture.ts";
import { fakeClone } from "./fake-clone.ts";
import { memoryFiles } from "./memory-files.ts";
import { DOCUMENTS, newLedger, verdictDraft, writerOf } from "./writer-fixture.ts";

let ledger: Awaited<ReturnType<typeof newLedger>>;
beforeEach(async () => {
  ledger = await newLedger();
});

const verdict = (number: number) => verdictDraft({ number });
const grant = (reason: string) => exceptionDraft("waiver", grantOf({ reason }));

async function reasons(writer = writerOf(ledger)): Promise<readonly unknown[]> {
  return (await writer.standing("waiver")).map(({ predicate }) => predicate["reason"]);
}

describe("the standing records of a kind", () => {
  test("are all of that kind, in order, with their places, wherever they stand", async () => {
    const writer = writerOf(ledger);
    await writer.append([verdict(1), grant("one")], DOCUMENTS);
    await writer.append([exceptionDraft("incident", overrideOf())], new Map());
    const [, two] = await writer.append([verdict(2), grant("two"), verdict(3)], DOCUMENTS);
    const found = await writer.standing("waiver");
    expect(found.map(({ index, predicate }) => [index, predicate["reason"]])).toEqual([
      [2, "one"],
      [5, "two"],
    ]);
    expect(found[1]).toMatchObject({ leaf: two?.leaf, subject: verdict(1).subject });
    expect(await writer.standing("incident")).toHaveLength(1);
  });

  test("are found by a writer whose files are new, lost or of an older version", async () => {
    const stored = new Map<string, Uint8Array>();
    const writer = writerOf(ledger, { files: memoryFiles(stored) });
    await writer.append([grant("one")], new Map());
    expect(await reasons(writer)).toEqual(["one"]);
    expect(await reasons()).toEqual(["one"]);
    const state = Buffer.from(stored.get("latest/caught-up.json") ?? []).toString();
    const older = new Map([
      ["latest/caught-up.json", Buffer.from(state.replace(',"kinds":1', ""))],
    ]);
    expect(await reasons(writerOf(ledger, { files: memoryFiles(older) }))).toEqual(["one"]);
  });

  test("are none where there are none", async () => {
    expect(await reasons()).toEqual([]);
  });

  test("equal grants are one record, and one that was revoked may be granted again", async () => {
    const writer = writerOf(ledger);
    const [first] = await writer.append([grant("one")], new Map());
    const [again] = await writer.append([grant("one")], new Map());
    expect(again).toMatchObject({ index: first?.index, appended: false });
    const revoke = exceptionDraft("waiver", revocationOf(first?.leaf ?? ""));
    await writer.append([revoke], new Map());
    const [third] = await writer.append([grant("one")], new Map());
    expect(third?.appended).toBe(true);
  });

  test("are read again where an entry points to another record", async () => {
    const stored = new Map<string, Uint8Array>();
    const writer = writerOf(ledger, { files: memoryFiles(stored) });
    await writer.append([verdict(1)], DOCUMENTS);
    await writer.append([grant("one")], new Map());
    for (const [name, bytes] of stored) {
      const text = Buffer.from(bytes).toString();
      if (!name.startsWith("latest/") || !text.includes("0000000000000002 ")) continue;
      const moved = text.replaceAll(
        "0000000000000002 0000000000000002",
        "0000000000000001 0000000000000001",
      );
      stored.set(name, Buffer.from(moved));
    }
    expect(await reasons(writerOf(ledger, { files: memoryFiles(stored) }))).toEqual(["one"]);
  });
});

describe("verification of waivers and incidents", () => {
  async function codesOf(kind: "waiver" | "incident", predicate: JsonObject) {
    await writerOf(ledger).append([exceptionDraft(kind, predicate)], new Map());
    const { problems } = await verifyLedger(cloned(), {});
    return problems.map(({ code }) => code);
  }
  /** The branch as somebody has it who cloned it: each commit as what it changes. */
  function cloned() {
    const { commits } = ledger.branch;
    return fakeClone(
      commits.map(({ message, files }, at) => {
        const before = commits[at - 1]?.files;
        const changed = [...files].filter(([path, bytes]) => {
          return Buffer.compare(before?.get(path) ?? Buffer.of(), bytes) !== 0;
        });
        return { message, files: Object.fromEntries(changed) };
      }),
    );
  }
  const without = (predicate: JsonObject, key: string): JsonObject =>
    Object.fromEntries(Object.entries(predicate).filter(([name]) => name !== key));
  const nobody = { login: "", proven: false, via: [] };

  test.each<{ when: string; kind: "waiver" | "incident"; predicate: JsonObject; codes: string[] }>([
    { when: "a whole grant", kind: "waiver", predicate: grantOf(), codes: [] },
    ...["act", "repository", "policyId", "document", "findings", "owner", "reason", "expires"].map(
      (key) => ({
        when: `a grant without ${key}`,
        kind: "waiver" as const,
        predicate: without(grantOf(), key),
        codes: ["KIND_MISMATCH"],
      }),
    ),
    {
      when: "a grant by nobody",
      kind: "waiver",
      predicate: grantOf({ grantedBy: nobody }),
      codes: ["KIND_MISMATCH"],
    },
    {
      when: "a grant that ends never",
      kind: "waiver",
      predicate: grantOf({ expires: "never" }),
      codes: ["KIND_MISMATCH"],
    },
    {
      when: "a revocation of what is not there",
      kind: "waiver",
      predicate: revocationOf("c".repeat(64)),
      codes: ["TREE_MISMATCH"],
    },
    { when: "a whole override", kind: "incident", predicate: overrideOf(), codes: [] },
    {
      when: "an override without a reason",
      kind: "incident",
      predicate: overrideOf({ reason: " " }),
      codes: ["KIND_MISMATCH"],
    },
    {
      when: "a review of what is not there",
      kind: "incident",
      predicate: reviewOf("c".repeat(64)),
      codes: ["TREE_MISMATCH"],
    },
    {
      when: "an incident of a type to come",
      kind: "incident",
      predicate: { at: "2026-01-02T03:04:05Z", type: "foreign-head" },
      codes: [],
    },
    {
      when: "a grant for a repository that the ledger is not for",
      kind: "waiver",
      predicate: grantOf({ repository: { id: "666" } }),
      codes: ["FOREIGN_RECORD"],
    },
  ])("$when: $codes", async ({ kind, predicate, codes }) => {
    expect(await codesOf(kind, predicate)).toEqual(codes);
  });
});
