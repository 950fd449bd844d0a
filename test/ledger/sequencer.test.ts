import { beforeEach, describe, expect, test } from "vitest";
import { formatBatch, parseBatch } from "../../ledger/format/batch.ts";
import type { TrustRootDocument } from "../../ledger/format/trust-root.ts";
import { generateSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import { parsePin, type Pin } from "../../ledger/format/pin.ts";
import { signCheckpoint } from "../../ledger/format/checkpoint.ts";
import type { RecordDraft, RecordKind } from "../../ledger/record.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { FakeBranch } from "./fake-branch.ts";
import { memoryFiles } from "./memory-files.ts";
import { digestOf, DOCUMENT, objectIdOf } from "./verdict-fixture.ts";
import {
  DOCUMENTS,
  ledgerUnder,
  lineOf,
  newLedger,
  placeByHand,
  soundRecords,
  verdictDraft,
  WRITER_KEY,
  writerOf,
} from "./writer-fixture.ts";

let ledger: { branch: FakeBranch; pin: Pin };
beforeEach(async () => {
  ledger = await newLedger();
});

const allow = verdictDraft({ decision: "ALLOW" });
const deny = verdictDraft({ decision: "DENY" });
const numbered = (number: number): RecordDraft => verdictDraft({ number });

describe("what is placed", () => {
  test("a record stands after the last one, with the pin of the new head", async () => {
    const [placed] = await writerOf(ledger).append([deny], DOCUMENTS);
    expect(placed).toMatchObject({ index: 1, appended: true });
    expect(placed?.leaf).toMatch(/^[0-9a-f]{64}$/);
    expect(parsePin(placed?.pin ?? "")).toMatchObject({
      ...ledger.pin,
      size: 2,
      root: expect.any(String) as string,
    });
    const records = await soundRecords(ledger.branch);
    expect(records[1]?.predicate).toMatchObject({
      ...deny.predicate,
      ledger: ledger.pin.origin,
      supersedes: null,
    });
    expect(records[1]?.subject).toEqual([
      { digest: { gitCommit: deny.subject.commit } },
      { digest: { gitTree: deny.subject.tree } },
    ]);
  });

  test("one append is one commit, its message told from its records", async () => {
    await writerOf(ledger).append([1, 2, 3].map(numbered), DOCUMENTS);
    expect(ledger.branch.commits).toHaveLength(2);
    expect(ledger.branch.commits[1]?.message).toMatch(/^3 verdicts: 3 DENY\n\nDENY PR 1 /);
    expect([...(ledger.branch.commits[1]?.files.keys() ?? [])]).toContain("records/001-3.jsonl");
  });

  test("batches go on past a folder's last index", async () => {
    const waivers = (from: number): RecordDraft[] =>
      Array.from({ length: 400 }, (_, at) => ({
        ...deny,
        kind: "waiver",
        predicate: { at: "2026-01-02T03:04:05Z", action: { number: from + at } },
      }));
    const writer = writerOf(ledger);
    for (const from of [0, 400, 800]) await writer.append(waivers(from), new Map());
    const again = await writerOf(ledger).append(waivers(600).slice(0, 1), new Map());
    expect(again).toMatchObject([{ index: 601, appended: false }]);
    const [next] = await writer.append([deny], DOCUMENTS);
    expect(next?.index).toBe(1_201);
    expect(ledger.branch.file("records/x001/201-1.jsonl").length).toBeGreaterThan(0);
    expect(await soundRecords(ledger.branch)).toHaveLength(1_202);
  });

  test("nothing to append moves nothing", async () => {
    expect(await writerOf(ledger).append([], DOCUMENTS)).toEqual([]);
    expect(ledger.branch.commits).toHaveLength(1);
  });

  test("each policy document that judged is kept once", async () => {
    const writer = writerOf(ledger);
    await writer.append([deny], DOCUMENTS);
    const path = `policies/${digestOf(DOCUMENT)}`;
    expect(Buffer.from(ledger.branch.file(path)).toString()).toBe(DOCUMENT);
    const unrelated = new Map([...DOCUMENTS, [digestOf("x"), Buffer.from("x")]]);
    await writer.append([allow], unrelated);
    expect([...(ledger.branch.commits.at(-1)?.files.keys() ?? [])]).not.toContain(
      `policies/${digestOf("x")}`,
    );
    await expect(writer.append([deny], new Map())).resolves.toMatchObject([{ appended: true }]);
  });

  test("a document that was changed on the branch is put right", async () => {
    const writer = writerOf(ledger);
    await writer.append([deny], DOCUMENTS);
    const path = `policies/${digestOf(DOCUMENT)}`;
    ledger.branch.put(new Map([[path, Buffer.from("another")]]));
    await writer.append([allow], DOCUMENTS);
    expect(Buffer.from(ledger.branch.file(path)).toString()).toBe(DOCUMENT);
  });

  test("what was observed is the head", async () => {
    const writer = writerOf(ledger);
    expect(await writer.observe()).toEqual({ size: 1, root: ledger.pin.root });
    await writer.append([deny], DOCUMENTS);
    expect((await writer.observe()).size).toBe(2);
  });

  test("many appends at once through one writer are all placed", async () => {
    const writer = writerOf(ledger);
    const all = Array.from({ length: 20 }, (_, at) => writer.append([numbered(at)], DOCUMENTS));
    const placed = (await Promise.all(all)).flat();
    expect(placed.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(await soundRecords(ledger.branch)).toHaveLength(21);
  });

  test("an append that failed does not stop the next", async () => {
    const writer = writerOf(ledger);
    await expect(writer.append([deny], new Map())).rejects.toMatchObject({ code: "DRAFT_INVALID" });
    await expect(writer.append([deny], DOCUMENTS)).resolves.toHaveLength(1);
  });
});

describe("what is skipped", () => {
  test("ALLOW, DENY, ALLOW are three records, each superseding the one before", async () => {
    const writer = writerOf(ledger);
    const placed = [];
    for (const draft of [allow, deny, allow])
      placed.push(...(await writer.append([draft], DOCUMENTS)));
    expect(placed.map(({ index }) => index)).toEqual([1, 2, 3]);
    const records = await soundRecords(ledger.branch);
    expect(records.slice(1).map(({ predicate }) => predicate["supersedes"])).toEqual([
      null,
      placed[0]?.leaf,
      placed[1]?.leaf,
    ]);
  });

  const later: RecordDraft = verdictDraft({ decision: "DENY", at: "2026-02-02T03:04:05Z" });
  const laterAction = {
    ...later,
    observed: { ...later.observed, size: 9 },
    predicate: {
      ...later.predicate,
      action: { ...(later.predicate["action"] as object), at: "2026-02-02T03:04:05Z" },
    },
  };

  test.each([
    { when: "the same again", next: deny, appended: false },
    { when: "the same at another time, after another head", next: laterAction, appended: false },
    { when: "another decision", next: allow, appended: true },
    { when: "another pull request", next: numbered(43), appended: true },
    { when: "another head", next: verdictDraft({ head: objectIdOf("next") }), appended: true },
    { when: "an approval", next: verdictDraft({ approvedBy: "bo" }), appended: true },
    { when: "a simulation", next: verdictDraft({ simulation: true }), appended: true },
    { when: "another attempt", next: withAction({ attempt: "2" }), appended: true },
    { when: "another title", next: withAction({ title: "x" }), appended: true },
  ])("after a denial, $when: appended is $appended", async ({ next, appended }) => {
    const writer = writerOf(ledger);
    const [first] = await writer.append([deny], DOCUMENTS);
    const [second] = await writer.append([next], DOCUMENTS);
    expect(second?.appended).toBe(appended);
    expect(second?.index).toBe(appended ? 2 : 1);
    if (!appended) expect(second).toEqual({ ...first, appended: false });
  });

  test("the same from another host is a record of its own, and supersedes nothing", async () => {
    const writer = writerOf(ledger);
    await writer.append([deny], DOCUMENTS);
    const verdict = deny.predicate["verdict"] as { provenance: object };
    const provenance = { ...verdict.provenance, origin: "cli" };
    const fromCli = {
      ...deny,
      predicate: { ...deny.predicate, verdict: { ...verdict, provenance } },
    };
    expect(await writer.append([fromCli as RecordDraft], DOCUMENTS)).toMatchObject([
      { appended: true },
    ]);
    expect((await soundRecords(ledger.branch))[2]?.predicate["supersedes"]).toBeNull();
  });

  test("within one append the rule is the same", async () => {
    const drafts = [allow, allow, deny, allow];
    const placed = await writerOf(ledger).append(drafts, DOCUMENTS);
    expect(placed.map(({ index, appended }) => [index, appended])).toEqual([
      [1, true],
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(placed[0]?.leaf).toBe(placed[1]?.leaf);
    expect(await soundRecords(ledger.branch)).toHaveLength(4);
  });

  test("a writer that lost its folder, or has another, knows the latest record all the same", async () => {
    for (let number = 1; number <= 5; number += 1) {
      await writerOf(ledger).append([numbered(number)], DOCUMENTS);
    }
    expect(await writerOf(ledger).append([numbered(3)], DOCUMENTS)).toMatchObject([
      { index: 3, appended: false },
    ]);
  });

  test.each([
    { when: "a wrong record", place: `${"0".repeat(16)} ${"0".repeat(16)}` },
    {
      when: "one that the branch does not have",
      place: `${"9".padStart(16, "0")} ${"9".padStart(16, "0")}`,
    },
    {
      when: "the one that comes next",
      place: `${"5".padStart(16, "0")} ${"5".padStart(16, "0")}`,
    },
    {
      when: "one that its batch does not have",
      place: `${"2".padStart(16, "0")} ${"1".padStart(16, "0")}`,
    },
  ])("an index that points to $when is made again", async ({ place }) => {
    const stored = new Map<string, Uint8Array>();
    const writer = writerOf(ledger, { files: memoryFiles(stored) });
    for (const number of [1, 2, 3, 4]) await writer.append([numbered(number)], DOCUMENTS);
    for (const [name, bytes] of stored) {
      const swapped = Buffer.from(bytes)
        .toString()
        .replaceAll(/^0{15}[1-3] 0{15}[1-3]/gm, place);
      if (/^latest\/[0-9a-f]{2}$/.test(name)) stored.set(name, Buffer.from(swapped));
    }
    expect(await writer.append([numbered(3)], DOCUMENTS)).toMatchObject([
      { index: 3, appended: false },
    ]);
  });

  describe("under a key that does not hold", () => {
    const old = generateSigningKey().key;
    const withOld = (revocations: readonly { key: string; from: number }[]) =>
      ledgerUnder((root) => ({
        ...root,
        keys: { ...root.keys, [old.public.id]: { public: old.public.base64, kinds: ["verdict"] } },
        roles: {
          ...root.roles,
          records: { keys: [...root.roles.records.keys, old.public.id], threshold: 1 },
        },
        revocations,
      }));

    test.each([
      { when: "holds", revocations: [], appended: false },
      { when: "is revoked later", revocations: [{ key: old.public.id, from: 2 }], appended: false },
      {
        when: "is revoked from that record on",
        revocations: [{ key: old.public.id, from: 1 }],
        appended: true,
      },
    ])(
      "a record whose key $when: the same is appended: $appended",
      async ({ revocations, appended }) => {
        const there = withOld(revocations);
        placeByHand(there.branch, [lineOf(deny, there.pin.origin, old)]);
        expect(await writerOf(there).append([deny], DOCUMENTS)).toMatchObject([{ appended }]);
      },
    );

    test("a record whose signature fails is not believed", async () => {
      const line = Buffer.from(lineOf(deny, ledger.pin.origin, WRITER_KEY)).toString();
      const forged = line.replace(
        /"sig":"./,
        (start) => start.slice(0, -1) + (start.endsWith("A") ? "B" : "A"),
      );
      placeByHand(ledger.branch, [Buffer.from(forged)]);
      expect(await writerOf(ledger).append([deny], DOCUMENTS)).toMatchObject([
        { appended: true, index: 2 },
      ]);
    });
  });

  test.each([
    {
      when: "lost",
      damage: (stored: Map<string, Uint8Array>) => stored.delete("latest/caught-up.json"),
    },
    {
      when: "no JSON",
      damage: (stored: Map<string, Uint8Array>) =>
        stored.set("latest/caught-up.json", Buffer.from("{")),
    },
    {
      when: "of another tree",
      damage: (stored: Map<string, Uint8Array>) =>
        stored.set(
          "latest/caught-up.json",
          Buffer.from(`{"size":1,"peaks":["${ledger.pin.root.replace(/^./, "!")}"]}`),
        ),
    },
    {
      when: "of a larger tree",
      damage: (stored: Map<string, Uint8Array>) =>
        stored.set(
          "latest/caught-up.json",
          Buffer.from(`{"size":8,"peaks":["${ledger.pin.root}"]}`),
        ),
    },
  ])("a cache that is $when is made again", async ({ damage }) => {
    const stored = new Map<string, Uint8Array>();
    const writer = writerOf(ledger, { files: memoryFiles(stored) });
    await writer.append([numbered(1)], DOCUMENTS);
    await writer.append([numbered(2)], DOCUMENTS);
    damage(stored);
    expect(await writer.append([numbered(1)], DOCUMENTS)).toMatchObject([
      { index: 1, appended: false },
    ]);
  });
});

describe("what stops a writer", () => {
  const append = (
    draft: RecordDraft = deny,
    documents: ReadonlyMap<string, Uint8Array> = DOCUMENTS,
  ) => writerOf(ledger).append([draft], documents);

  test("there is no branch", async () => {
    const writer = writerOf({ ...ledger, branch: new FakeBranch() });
    await expect(writer.append([deny], DOCUMENTS)).rejects.toMatchObject({ code: "LEDGER_ABSENT" });
    await expect(writer.observe()).rejects.toMatchObject({ code: "LEDGER_ABSENT" });
  });

  test("the branch is something else", async () => {
    const branch = new FakeBranch();
    branch.put(new Map([["notes.txt", Buffer.from("mine")]]));
    const writer = writerOf({ ...ledger, branch });
    await expect(writer.append([deny], DOCUMENTS)).rejects.toMatchObject({ code: "NOT_A_LEDGER" });
    expect(branch.commits).toHaveLength(1);
  });

  test.each([
    { when: "the root is another one's", parts: { root: "0".repeat(64) }, code: "ROOT_UNTRUSTED" },
    {
      when: "the ledger is another repository's",
      parts: { repositoryId: "1" },
      code: "FOREIGN_REPOSITORY",
    },
    {
      when: "the key is not the ledger's",
      parts: { key: generateSigningKey().key },
      code: "KEY_UNKNOWN",
    },
  ])("$when", async ({ parts, code }) => {
    await expect(writerOf(ledger, parts).append([deny], DOCUMENTS)).rejects.toMatchObject({ code });
    expect(ledger.branch.commits).toHaveLength(1);
  });

  const thief = generateSigningKey().key;
  const thiefId = thief.public.id;
  const thiefKey = { [thiefId]: { public: thief.public.base64, kinds: ["verdict"] } };
  const [writerId] = [WRITER_KEY.public.id];

  test.each<{
    when: string;
    change: (root: TrustRootDocument) => TrustRootDocument;
    signers?: SigningKey[];
    code: string;
  }>([
    {
      when: "the keyset is signed by another key",
      change: (root) => root,
      signers: [thief],
      code: "TRUST_INVALID",
    },
    {
      when: "the key may not sign records",
      change: (root) => ({
        ...root,
        keys: { ...root.keys, ...thiefKey },
        roles: { ...root.roles, records: { keys: [thiefId], threshold: 1 } },
      }),
      code: "KEY_OUT_OF_SCOPE",
    },
    {
      when: "the key may not sign this kind",
      change: (root) => ({
        ...root,
        keys: { [writerId]: { public: WRITER_KEY.public.base64, kinds: ["waiver"] } },
      }),
      code: "KEY_OUT_OF_SCOPE",
    },
    {
      when: "the key is revoked",
      change: (root) => ({ ...root, revocations: [{ key: writerId, from: 1 }] }),
      code: "KEY_REVOKED",
    },
  ])("$when", async ({ change, signers, code }) => {
    const there = ledgerUnder(change, signers);
    await expect(writerOf(there).append([deny], DOCUMENTS)).rejects.toMatchObject({ code });
    expect(there.branch.commits).toHaveLength(2);
  });

  test("the key may not sign heads", async () => {
    const there = ledgerUnder((root) => ({
      ...root,
      keys: { ...root.keys, ...thiefKey },
      roles: { ...root.roles, records: { keys: [thiefId], threshold: 1 } },
    }));
    const writer = writerOf(there, { key: thief });
    await expect(writer.append([deny], DOCUMENTS)).rejects.toMatchObject({
      code: "KEY_OUT_OF_SCOPE",
    });
    expect(there.branch.commits).toHaveLength(2);
  });

  test("the head is signed for a part of a batch", async () => {
    await writerOf(ledger).append([allow, deny], DOCUMENTS);
    const lines = parseBatch(ledger.branch.file("records/001-2.jsonl"));
    ledger.branch.commits.pop();
    placeByHand(ledger.branch, lines.slice(0, 1));
    const both = formatBatch(lines);
    ledger.branch.put(
      new Map([
        ["records/001-1.jsonl", null],
        ["records/001-2.jsonl", both],
      ]),
    );
    await expect(append()).rejects.toMatchObject({ code: "TREE_MISMATCH" });
  });

  test("a batch is called larger than it is", async () => {
    await writerOf(ledger).append([allow], DOCUMENTS);
    const batch = ledger.branch.file("records/001-1.jsonl");
    ledger.branch.put(
      new Map([
        ["records/001-1.jsonl", null],
        ["records/001-2.jsonl", batch],
      ]),
    );
    await expect(append()).rejects.toMatchObject({ code: "TREE_MISMATCH" });
  });

  test("the records do not give the signed root", async () => {
    await writerOf(ledger).append([allow], DOCUMENTS);
    const line = lineOf(deny, ledger.pin.origin, WRITER_KEY);
    ledger.branch.put(new Map([["records/001-1.jsonl", formatBatch([line])]]));
    await expect(append()).rejects.toMatchObject({ code: "FORKED" });
  });

  test.each<{ when: string; path: string; bytes: (pin: Pin) => Uint8Array | null; code: string }>([
    { when: "the checkpoint is gone", path: "checkpoint", bytes: () => null, code: "FILE_MISSING" },
    { when: "the frontier is gone", path: "frontier", bytes: () => null, code: "FILE_MISSING" },
    {
      when: "another keyset stands beside the first",
      path: "trust/2.root.json",
      bytes: () => Buffer.from("{}"),
      code: "TRUST_INVALID",
    },
    {
      when: "the checkpoint is signed by another key",
      path: "checkpoint",
      bytes: ({ origin, size, root }) => signCheckpoint({ origin, size, root }, thief),
      code: "CHECKPOINT_INVALID",
    },
    {
      when: "the frontier folds to another root",
      path: "frontier",
      bytes: () => Buffer.from(`${"A".repeat(43)}=\n`),
      code: "TREE_MISMATCH",
    },
    {
      when: "the last batch is gone",
      path: "records/000-1.jsonl",
      bytes: () => null,
      code: "TREE_MISMATCH",
    },
    {
      when: "the last batch is another",
      path: "records/000-1.jsonl",
      bytes: () => Buffer.from("{}\n"),
      code: "NOT_CANONICAL",
    },
    {
      when: "the last batch holds more than its name says",
      path: "records/000-1.jsonl",
      bytes: () => Buffer.from("{}\n{}\n"),
      code: "TREE_MISMATCH",
    },
    {
      when: "two batches begin at one index",
      path: "records/000-2.jsonl",
      bytes: () => Buffer.from("{}\n{}\n"),
      code: "TREE_MISMATCH",
    },
  ])("$when", async ({ path, bytes, code }) => {
    ledger.branch.put(new Map([[path, bytes(ledger.pin)]]));
    await expect(append()).rejects.toMatchObject({ code });
    expect(ledger.branch.commits).toHaveLength(2);
  });

  test.each<{
    when: string;
    draft: RecordDraft;
    documents?: ReadonlyMap<string, Uint8Array>;
    code: string;
  }>([
    {
      when: "a draft of an unknown kind",
      draft: { ...deny, kind: "oracle" as RecordKind },
      code: "DRAFT_INVALID",
    },
    {
      when: "a subject that is no commit",
      draft: { ...deny, subject: { commit: "main", tree: "x" } },
      code: "DRAFT_INVALID",
    },
    { when: "a draft without a time", draft: { ...deny, predicate: {} }, code: "DRAFT_INVALID" },
    {
      when: "a policy document that was not handed over",
      draft: deny,
      documents: new Map(),
      code: "DRAFT_INVALID",
    },
    {
      when: "a policy document under another digest",
      draft: deny,
      documents: new Map([[digestOf(DOCUMENT), Buffer.from("x")]]),
      code: "DRAFT_INVALID",
    },
    {
      when: "a record over 256 KiB",
      draft: verdictDraft({ more: { x: "y".repeat(200_000) } }),
      code: "TOO_LARGE",
    },
  ])("$when", async ({ draft, documents, code }) => {
    await expect(append(draft, documents)).rejects.toMatchObject({ code });
    expect(ledger.branch.commits).toHaveLength(1);
  });

  test("policy documents over 4 MiB together", async () => {
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(1_500_000));
    const documents = new Map(texts.map((text) => [digestOf(text), Buffer.from(text)]));
    const policies = [...documents.keys()].map((digest) => ({ digest }));
    await expect(append(verdictDraft({ more: { policies } }), documents)).rejects.toMatchObject({
      code: "TOO_LARGE",
    });
  });

  test("more files than one commit may write", async () => {
    const texts = Array.from({ length: 98 }, (_, at) => String(at));
    const documents = new Map(texts.map((text) => [digestOf(text), Buffer.from(text)]));
    const policies = [...documents.keys()].map((digest) => ({ digest }));
    await expect(append(verdictDraft({ more: { policies } }), documents)).rejects.toMatchObject({
      code: "TOO_LARGE",
    });
  });

  test("a configured root that is no digest", () => {
    const parts = {
      branch: ledger.branch,
      key: WRITER_KEY,
      repositoryId: "1",
      directory: "/nowhere",
    };
    expect(() => openSequencer({ ...parts, expectedRoot: "../../etc" })).toThrow(
      expect.objectContaining({ code: "ROOT_UNTRUSTED" }),
    );
  });
});

function withAction(changed: object): RecordDraft {
  const action = { ...(deny.predicate["action"] as object), ...changed };
  return { ...deny, predicate: { ...deny.predicate, action } };
}
