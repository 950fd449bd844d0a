import { expect, test } from "vitest";
import { KeysInForce, type Keyset } from "../../../ledger/verify/keys-in-force.ts";

/** A keyset whose keys are named by a letter; `signers` says for which kinds each may sign. */
function keyset(
  version: number,
  signers: Readonly<Record<string, readonly string[]>>,
  more: { readonly others?: readonly string[]; readonly revoked?: Keyset["revokedFrom"] } = {},
): Keyset {
  const ids = [...Object.keys(signers), ...(more.others ?? [])];
  return {
    version,
    digest: `digest ${version}`,
    keys: new Map(ids.map((id) => [id, {} as never])),
    signers: new Map(Object.entries(signers).map(([id, kinds]) => [id, new Set(kinds)])),
    checkpointKeys: [],
    revokedFrom: more.revoked ?? new Map(),
  };
}

test("each version takes over when its record names it, in order and once", () => {
  const keys = new KeysInForce([keyset(1, {}), keyset(2, {}), keyset(3, {})]);
  expect(keys.isFirst("digest 1")).toBe(true);
  expect(keys.isFirst("digest 2")).toBe(false);
  const told = ["digest 3", "digest 1", "digest 2", "digest 2", "digest 9", "digest 3", "digest 1"];
  expect(told.map((digest) => [keys.follow(digest), keys.version])).toEqual([
    ["unknown", 1],
    ["older", 1],
    ["follows", 2],
    ["older", 2],
    ["unknown", 2],
    ["follows", 3],
    ["older", 3],
  ]);
});

test("a ledger without a keyset is of version 0, names none, and no key may sign for it", () => {
  const keys = new KeysInForce([]);
  expect([keys.version, keys.isFirst("digest 1"), keys.follow("digest 1")]).toEqual([
    0,
    false,
    "unknown",
  ]);
  expect(keys.fault("a", "verdict", 1)).toEqual({
    code: "KEY_OUT_OF_RANGE",
    what: "key a is not in keyset 0, which held",
  });
});

const first = keyset(1, { a: ["verdict"], b: ["verdict"], d: ["verdict"] }, { others: ["c"] });
const second = keyset(2, { a: ["verdict", "waiver"] }, { revoked: new Map([["d", 5]]) });

test.each<{
  when: string;
  keyid: string;
  kind?: string;
  index?: number;
  now: number;
  code: string | null;
}>([
  { when: "a key signs its kind", keyid: "a", now: 1, code: null },
  {
    when: "a key signs another kind",
    keyid: "a",
    kind: "waiver",
    now: 1,
    code: "KEY_OUT_OF_SCOPE",
  },
  { when: "a later keyset allows the kind", keyid: "a", kind: "waiver", now: 2, code: null },
  { when: "a key may sign no record", keyid: "c", now: 1, code: "KEY_OUT_OF_SCOPE" },
  { when: "a key is no longer named", keyid: "b", now: 2, code: "KEY_OUT_OF_RANGE" },
  {
    when: "a key that may sign no record is no longer named",
    keyid: "c",
    now: 2,
    code: "KEY_OUT_OF_RANGE",
  },
  { when: "a key is revoked later", keyid: "d", index: 4, now: 1, code: null },
  {
    when: "a key is revoked from here on, by the next keyset",
    keyid: "d",
    index: 5,
    now: 1,
    code: "KEY_REVOKED",
  },
  { when: "a key was revoked before", keyid: "d", index: 6, now: 2, code: "KEY_REVOKED" },
])("where $when: $code", ({ keyid, kind = "verdict", index = 1, now, code }) => {
  const keys = new KeysInForce([first, second]);
  if (now === 2) keys.follow("digest 2");
  const fault = keys.fault(keyid, kind, index);
  expect(fault?.code ?? null).toBe(code);
  if (fault !== null) expect(fault.what).toContain(`key ${keyid}`);
});
