import { expect, test } from "vitest";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { openCheckpoint } from "../../ledger/format/checkpoint.ts";
import { openEnvelope } from "../../ledger/format/envelope.ts";
import { parseSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import {
  parseTrustRoot,
  trustRootDigest,
  verifyTrustRoot,
} from "../../ledger/format/trust-root.ts";
import { createGenesis, initLedger } from "../../ledger/genesis.ts";
import { trustPredicate } from "../../ledger/predicates.ts";
import { FakeBranch, type Fault } from "./fake-branch.ts";
import { digestOf, ORIGIN } from "./verdict-fixture.ts";
import { newLedger, soundRecords, WRITER_KEY } from "./writer-fixture.ts";

const AT = new Date("2026-01-02T03:04:05Z");
const options = { key: WRITER_KEY, repositories: ["4711"], at: AT };

test("a ledger begins with these files, and nothing else", async () => {
  const { branch } = await newLedger();
  expect([...(branch.commits[0]?.files.keys() ?? [])].sort()).toEqual([
    ".gitattributes",
    "README.md",
    "checkpoint",
    "frontier",
    "records/000-1.jsonl",
    "trust/1.root.json",
  ]);
  expect(branch.commits[0]?.message).toMatch(/^trust root [0-9a-f]{12}$/);
});

test("the pin names the first head and the first keyset", async () => {
  const { branch, pin } = await newLedger();
  const keyset = branch.file("trust/1.root.json");
  const checkpoint = branch.file("checkpoint");
  expect(pin.trustRoot).toBe(trustRootDigest(keyset));
  expect(await openCheckpoint(checkpoint, [WRITER_KEY.public], pin.origin)).toEqual({
    origin: pin.origin,
    size: 1,
    root: pin.root,
  });
  await expect(verifyTrustRoot(parseTrustRoot(keyset))).resolves.toBeUndefined();
});

test("record 0 names the keyset, its format, and no predecessor", async () => {
  const { branch, pin } = await newLedger();
  const [statement] = await soundRecords(branch);
  expect(trustPredicate.parse(statement?.predicate)).toMatchObject({
    ledger: pin.origin,
    root: pin.trustRoot,
    format: 1,
    predecessor: null,
    at: AT.toISOString(),
  });
  const line = Buffer.from(branch.file("records/000-1.jsonl")).subarray(0, -1);
  expect(openEnvelope(line)).toMatchObject({ kind: "trust", keyid: WRITER_KEY.public.id });
});

test("equal input gives equal bytes", () => {
  const input = { ...options, origin: ORIGIN, id: "record-0" };
  expect(createGenesis(input)).toEqual(createGenesis(input));
});

test("two ledgers have two origins", async () => {
  const [one, other] = [await newLedger(), await newLedger()];
  expect(one.pin.origin).not.toBe(other.pin.origin);
});

test.each([
  { when: "no repository", changed: { repositories: [] } },
  { when: "an odd repository id", changed: { repositories: ["a b"] } },
  { when: "another origin", changed: { origin: "example.com/log" } },
])("refuses to begin with $when", ({ changed }) => {
  const input = { ...options, origin: ORIGIN, id: "record-0", ...changed };
  expect(() => createGenesis(input)).toThrow(expect.objectContaining({ code: "TRUST_INVALID" }));
});

test("nothing is initialised over a branch, whatever stands on it", async () => {
  const branch = new FakeBranch();
  branch.put(new Map([["notes.txt", Buffer.from("mine")]]));
  await expect(initLedger(branch, options)).rejects.toMatchObject({ code: "LEDGER_EXISTS" });
  expect(branch.commits).toHaveLength(1);
});

test("whoever comes second finds the ledger of the first", async () => {
  const branch = new FakeBranch();
  const meanwhile = (): void => {
    branch.put(createGenesis({ ...options, origin: ORIGIN, id: "theirs" }).files);
  };
  branch.faults.push({ meanwhile });
  await expect(initLedger(branch, options)).rejects.toMatchObject({ code: "LEDGER_EXISTS" });
});

test.each<{ when: Fault & string; stands: boolean }>([
  { when: "throws-after", stands: true },
  { when: "throws-before", stands: false },
])("where the branch $when moving, what stands decides", async ({ when, stands }) => {
  const branch = new FakeBranch();
  branch.faults.push(when);
  const begun = initLedger(branch, options);
  if (!stands) return expect(begun).rejects.toThrow("the line was cut");
  expect(parsePin(await begun).size).toBe(1);
  return expect(soundRecords(branch)).resolves.toHaveLength(1);
});

/** The secret key of RFC 8032 §7.1, TEST 2. */
const PUBLISHED_KEY = parseSigningKey(
  [
    "-----BEGIN PRIVATE KEY-----",
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7",
    "-----END PRIVATE KEY-----",
  ].join("\n"),
);

test("under a published key, a ledger's first commit is known to the last bit", () => {
  const genesis = createGenesis({
    ...{ key: PUBLISHED_KEY, repositories: ["4711"], at: AT, origin: ORIGIN, id: "record-0" },
  });
  const keyset = "9433830e03aca913d4c2e4bd8c10c91e5304011e214ae4b14199fda2ff5eabed";
  expect(genesis.message).toBe(`trust root ${keyset.slice(0, 12)}`);
  expect(genesis.pin).toBe(`${ORIGIN} 1 QavT0EbweIpAtWRCcdHKdhIuZXF+5kR4mD9plKdzTjI= ${keyset}`);
  const digests = [...genesis.files].filter(([path]) => path !== "README.md");
  expect(digests.map(([path, bytes]) => [path, digestOf(Buffer.from(bytes).toString())])).toEqual([
    [".gitattributes", "705fd4d6451a31d36b3df7de96f83f30ac976c9b4a6d1e51671d8e2f33e2d0da"],
    ["trust/1.root.json", keyset],
    ["records/000-1.jsonl", "ccdfda262b17d0553e1f6783f0318afb504aad90c3a1287cadfc658e3e359d06"],
    ["frontier", "2b3c43024a39355069c056086b4d1fdf54ec3b73de5812360c013d0bc68f1f4b"],
    ["checkpoint", "1b7831206b280e2e452d65c43db922ab5596d9473f166ee31c73d79def0a6ee6"],
  ]);
});

test("a ledger's name is random, of 128 bits", async () => {
  const { pin } = await newLedger();
  expect(pin.origin).toMatch(/^bailiff\.dev\/ledger\/[0-9a-f]{32}$/);
});

test.each([
  { when: "nothing of a ledger", files: new Map([["notes.txt", Buffer.from("mine")]]) },
  {
    when: "another ledger",
    files: createGenesis({ ...options, origin: ORIGIN, id: "theirs" }).files,
  },
])("a beginning that failed is not taken for $when that stands there now", async ({ files }) => {
  const branch = new FakeBranch();
  const moving: LedgerBranch = {
    tip: () => branch.tip(),
    advance: () => {
      branch.put(files);
      return Promise.reject(new Error("the line was cut"));
    },
  };
  await expect(initLedger(moving, options)).rejects.toThrow("the line was cut");
});
