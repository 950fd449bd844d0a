import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../../ledger/format/base64.ts";
import { batchPath } from "../../../ledger/format/batch.ts";
import { signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { openEnvelope, signEnvelope } from "../../../ledger/format/envelope.ts";
import { formatFrontier } from "../../../ledger/format/frontier-file.ts";
import { parsePublicKey, parseSigningKey, verifySignature } from "../../../ledger/format/keys.ts";
import {
  ATTRIBUTES_TEXT,
  LEDGER_FILES,
  policyPath,
  README_TEXT,
  trustPath,
} from "../../../ledger/format/ledger-files.ts";
import { noteKeyHash, noteVerifierKey } from "../../../ledger/format/note.ts";
import { originOf } from "../../../ledger/format/origin.ts";
import { formatPin } from "../../../ledger/format/pin.ts";
import { formatProof } from "../../../ledger/format/proof-file.ts";
import type { Statement } from "../../../ledger/format/statement.ts";
import { Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { writeTrustRoot } from "../../../ledger/format/trust-root.ts";

/**
 * The bytes that ledgers hold, written out: whoever reads one in ten years, or with another tool,
 * expects these.
 */

/** The secret key of RFC 8032 §7.1, TEST 2. */
const PEM = [
  "-----BEGIN PRIVATE KEY-----",
  "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7",
  "-----END PRIVATE KEY-----",
  "",
].join("\n");
const key = parseSigningKey(PEM);
const KEY_ID = "39f713d0a644253f04529421b9f51b9b08979d08295959c4f3990ee617f5139f";
const ORIGIN = "bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0";

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

describe("RFC 8032's second test", () => {
  const signature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  test("its secret key has its public key, and signs as it says", () => {
    expect(hex(key.public.raw)).toBe(
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    );
    expect(key.public.id).toBe(KEY_ID);
    expect(hex(key.sign(Buffer.from("72", "hex")))).toBe(signature);
  });

  test("its signature holds, and with any part changed does not", async () => {
    const bytes = Buffer.from(signature, "hex");
    expect(await verifySignature(key.public, Buffer.from("72", "hex"), bytes)).toBe(true);
    expect(await verifySignature(key.public, Buffer.from("73", "hex"), bytes)).toBe(false);
    expect(
      await verifySignature(key.public, Buffer.from("72", "hex"), Buffer.concat([bytes, bytes])),
    ).toBe(false);
  });
});

/** The entries and roots that Certificate Transparency's own implementations test with. */
test.each([
  ["", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  ["00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
  ["10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
  ["2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
  ["3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
  ["40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
  ["5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
  [
    "606162636465666768696a6b6c6d6e6f",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ],
])("the tree up to the entry %j has the root %s", (last, root) => {
  const frontier = new Frontier();
  for (const entry of upTo(last)) frontier.append(leafHash(Buffer.from(entry, "hex")));
  expect(hex(frontier.root())).toBe(root);
});

function upTo(last: string): readonly string[] {
  const all = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"];
  return all.includes(last) ? all.slice(0, all.indexOf(last) + 1) : [...all, last];
}

test("a note's key is named as in a published log", () => {
  const raw = Buffer.from("AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", "base64").subarray(1);
  const published = parsePublicKey(toBase64(raw));
  expect(noteKeyHash("example.com/log/testdata", published)).toBe("33d7b496");
  expect(noteVerifierKey("example.com/log/testdata", published)).toBe(
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  );
});

const statement: Statement = {
  _type: "https://in-toto.io/Statement/v1",
  subject: [{ digest: { gitCommit: "1".repeat(40) } }, { digest: { gitTree: "2".repeat(40) } }],
  predicateType: "https://bailiff.dev/oracle/v1",
  predicate: {
    id: "a",
    ledger: ORIGIN,
    at: "2026-01-02T03:04:05Z",
    observed: { size: 0, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
  },
};

test("a record's line", () => {
  const line = JSON.parse(text(signEnvelope(statement, key))) as { payload: string };
  expect(text(signEnvelope(statement, key))).toBe(JSON.stringify(line));
  expect(openEnvelope(signEnvelope(statement, key))).toMatchObject({ kind: "oracle", statement });
  expect(text(fromBase64(line.payload) ?? Buffer.of())).toBe(
    `{"_type":"https://in-toto.io/Statement/v1","predicate":{"at":"2026-01-02T03:04:05Z",` +
      `"id":"a","ledger":"${ORIGIN}","observed":{"root":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",` +
      `"size":0}},"predicateType":"https://bailiff.dev/oracle/v1","subject":[{"digest":{"gitCommit":` +
      `"${"1".repeat(40)}"}},{"digest":{"gitTree":"${"2".repeat(40)}"}}]}`,
  );
  expect(line).toEqual({
    payload: line.payload,
    payloadType: "application/vnd.in-toto+json",
    signatures: [
      {
        keyid: KEY_ID,
        sig: "6+FCtSAialYNJK9FAEPpRsGCwp1/hTALDmoG4WuktJHqlMGUMh6jLlYM/gEX960kzDAmM3DnrmZgUxcdspgsAA==",
      },
    ],
  });
});

const ROOT = "QavT0EbweIpAtWRCcdHKdhIuZXF+5kR4mD9plKdzTjI=";
const CHECKPOINT = [
  ORIGIN,
  "1",
  ROOT,
  "",
  `— ${ORIGIN} bpi48KKNYf4mv1mp2fwlYSPXzm6deSxibYbQKDpJ++5BCM0h12sjoRaYDireVkWaosVxSiutjAurhczFezWz0Z6fZQE=`,
  "",
].join("\n");

test("a checkpoint", () => {
  expect(text(signCheckpoint({ origin: ORIGIN, size: 1, root: ROOT }, key))).toBe(CHECKPOINT);
});

test("a frontier's file", () => {
  const peak = fromBase64(ROOT) ?? Buffer.of();
  expect(text(formatFrontier(new Frontier(3, [peak, leafHash(Buffer.of())])))).toBe(
    `${ROOT}\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n`,
  );
});

test("a proof's file", () => {
  const proof = [leafHash(Buffer.of()), fromBase64(ROOT) ?? Buffer.of()];
  const bytes = formatProof({
    ...{ index: 1, entry: Buffer.from("an entry"), proof },
    checkpoint: Buffer.from(CHECKPOINT),
  });
  expect(text(bytes)).toBe(
    [
      "c2sp.org/tlog-proof@v1",
      "extra YW4gZW50cnk=",
      "index 1",
      "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
      ROOT,
      "",
      CHECKPOINT,
    ].join("\n"),
  );
});

test("a keyset's file", () => {
  const role = { keys: [KEY_ID], threshold: 1 };
  const document = {
    version: 1,
    origin: ORIGIN,
    keys: { [KEY_ID]: { public: key.public.base64, kinds: ["verdict"] } },
    roles: { root: role, records: role, checkpoint: role },
    repositories: ["4711"],
    revocations: [],
  };
  const roleText = `{"keys":["${KEY_ID}"],"threshold":1}`;
  expect(text(writeTrustRoot(document, [key]))).toBe(
    `{"signatures":[{"keyid":"${KEY_ID}","sig":"RfaQFIShnotobGwLvPesJHa0BfrL9dMyNIEWXureOOXrbmlOKECTIE6Vp6NuUgvitUiRrpi92v4V8TaYD/6kCg=="}],` +
      `"signed":{"keys":{"${KEY_ID}":{"kinds":["verdict"],` +
      `"public":"PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="}},` +
      `"origin":"${ORIGIN}","repositories":["4711"],"revocations":[],` +
      `"roles":{"checkpoint":${roleText},"records":${roleText},"root":${roleText}},"version":1}}\n`,
  );
});

test("a pin and an origin", () => {
  expect(originOf("0f1e2d3c4b5a69788796a5b4c3d2e1f0")).toBe(ORIGIN);
  expect(formatPin({ origin: ORIGIN, size: 12_350, root: ROOT, trustRoot: KEY_ID })).toBe(
    `${ORIGIN} 12350 ${ROOT} ${KEY_ID}`,
  );
});

test("the names of a ledger's files", () => {
  expect(LEDGER_FILES).toEqual({
    readme: "README.md",
    attributes: ".gitattributes",
    checkpoint: "checkpoint",
    frontier: "frontier",
  });
  expect(trustPath(12)).toBe("trust/12.root.json");
  expect(policyPath(KEY_ID)).toBe(`policies/${KEY_ID}`);
  expect(batchPath(12_350, 25)).toBe("records/x012/350-25.jsonl");
});

test("a ledger tells git to leave its bytes alone, and people how to verify them", () => {
  expect(ATTRIBUTES_TEXT).toBe("* -text\n");
  expect(README_TEXT).toMatch(/^ {4}git clone .* <url> ledger$/m);
  expect(README_TEXT).toMatch(/^ {4}bailiff ledger verify --repo ledger --pin "<pin>"$/m);
});
