import { expect, test } from "vitest";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { openEnvelope } from "../../../ledger/format/envelope.ts";
import { type JudgedRecord, judgeRecord } from "../../../ledger/verify/judge-record.ts";
import { common, LEDGER_KEY, recordLine, trustLine } from "../ledger-builder.ts";
import {
  digestOf,
  DOCUMENT,
  ORIGIN,
  REPOSITORY_ID,
  verdictPredicateOf,
} from "../verdict-fixture.ts";

function judged(kind: string, predicate: JsonObject): JudgedRecord {
  return judgedLine(recordLine(kind, predicate));
}

function judgedLine(line: Uint8Array): JudgedRecord {
  return judgeRecord(openEnvelope(line), { origin: ORIGIN, repositories: [REPOSITORY_ID] });
}

test("a verdict is judged to be one, and what it names is kept", () => {
  const predicate = verdictPredicateOf({ supersedes: digestOf("before") });
  expect(judged("verdict", predicate)).toEqual({
    kind: "verdict",
    keyid: LEDGER_KEY.public.id,
    kindFault: null,
    foreign: null,
    documents: [digestOf(DOCUMENT)],
    keysets: [],
    observed: predicate["observed"],
    supersedes: digestOf("before"),
    run: null,
  });
});

test("only a trust record names a keyset, and only by a text", () => {
  const root = new TextEncoder().encode("a keyset");
  expect(judgedLine(trustLine(root)).keysets).toEqual([digestOf("a keyset")]);
  const named = common({ root: digestOf("a keyset"), format: 1, predecessor: null });
  expect(judged("omission", named).keysets).toEqual([]);
  expect(judged("trust", { ...named, root: 1 }).keysets).toEqual([]);
  expect(judged("trust", common()).keysets).toEqual([]);
});

test("a predicate that is none of its kind is told by the first member that is wrong", () => {
  const { change, ...others } = verdictPredicateOf({}) as { change: JsonObject };
  const predicate = { ...others, change: { ...change, base: "HEAD" } };
  expect(judged("verdict", predicate)).toMatchObject({
    kindFault: "its predicate is none of kind verdict: change.base",
    supersedes: null,
    run: null,
  });
});
