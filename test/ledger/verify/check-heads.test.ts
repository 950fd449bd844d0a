import { expect, test } from "vitest";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import type { PublicKey } from "../../../ledger/format/keys.ts";
import { emptyRoot } from "../../../ledger/format/tree.ts";
import {
  checkHeads,
  checkSize,
  type HeadKeys,
  type PastMark,
} from "../../../ledger/verify/check-heads.ts";
import { NO_HISTORY } from "../../../ledger/verify/history.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { commitId } from "../fake-clone.ts";
import { LEDGER_KEY } from "../ledger-builder.ts";
import { ORIGIN } from "../verdict-fixture.ts";

const root = toBase64(emptyRoot());
const own = LEDGER_KEY.public;

function headOf(size: number): Uint8Array {
  return signCheckpoint({ origin: ORIGIN, size, root }, LEDGER_KEY);
}

function keys(change: Partial<HeadKeys> = {}): HeadKeys {
  return { origin: ORIGIN, now: [own], ever: [own], revokedFrom: new Map(), ...change };
}

async function opened(bytes: Uint8Array, change: Partial<HeadKeys> = {}) {
  const problems = new Problems();
  const { checkpoint } = await checkHeads(bytes, NO_HISTORY, { keys: keys(change), problems });
  return { size: checkpoint?.size ?? null, problems: problems.list() };
}

test("a revoked key vouches for a head up to the index that it is revoked from, and for none above", async () => {
  const revoked = { revokedFrom: new Map([[own.id, 2]]) };
  expect(await opened(headOf(2), revoked)).toEqual({ size: 2, problems: [] });
  expect(await opened(headOf(3), revoked)).toMatchObject({
    size: null,
    problems: [{ code: "CHECKPOINT_INVALID" }],
  });
});

test("a head that is signed twice is told with the number of its signatures", async () => {
  const [text = "", signature = ""] = Buffer.from(headOf(2)).toString().split("\n\n");
  const { size, problems } = await opened(Buffer.from(`${text}\n\n${signature}${signature}`));
  expect(size).toBeNull();
  expect(problems[0]?.message).toContain("2 signatures");
});

test("a key that cannot be worked with is no fault of the head, or of an earlier one", async () => {
  const broken: PublicKey = {
    ...own,
    get raw(): never {
      throw new TypeError("no key");
    },
  };
  await expect(opened(headOf(2), { now: [broken] })).rejects.toThrow(TypeError);
  const history = { ...NO_HISTORY, checkpoints: [{ commit: "1", bytes: headOf(2) }] };
  const context = { keys: keys({ ever: [broken] }), problems: new Problems() };
  await expect(checkHeads(null, history, context)).rejects.toThrow(TypeError);
});

/** What is told of a ledger of 3 records whose commits signed heads of these sizes. */
function told(...sizes: readonly number[]) {
  const past: readonly PastMark[] = sizes.map((size, at) => ({ size, root, commit: commitId(at) }));
  const problems = new Problems();
  checkSize(3, past, { pinned: null, problems });
  return problems.list();
}

function nameOf(at: number): string {
  return `commit ${commitId(at).slice(0, 7)}`;
}

test("a ledger that never had a larger head, or never one at all, is whole", () => {
  expect([told(), told(1, 3), told(3, 2)]).toEqual([[], [], []]);
});

test("a ledger that was larger is told with the commit of its largest head, and the one that cut it", () => {
  const [problem, ...others] = told(1, 5, 5, 4, 3);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: "TRUNCATED", place: "checkpoint", since: nameOf(3) });
  expect(problem?.message).toContain(`the checkpoint of ${nameOf(1)} signed 5`);
});

test("where no commit signed a smaller head, none is said to have cut the ledger", () => {
  expect(told(1, 5)).toMatchObject([{ code: "TRUNCATED", since: null }]);
});
