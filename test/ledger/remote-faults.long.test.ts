import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openRemoteLedgerBranch } from "../../git/remote-ledger-branch.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import { startFixture, type Fixture } from "../embedded-github/fixture.ts";
import type { FaultOrder } from "../embedded-github/http/faults.ts";
import type { Death } from "./mortal-writer.ts";
import { draft, judged, process, twoRoots, type Machine } from "./one-machine.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, WRITER_KEY } from "./writer-fixture.ts";

/** The App's way to a ledger: every append is a push over HTTP. */
let fixture: Fixture;
let names = 0;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

type Ground = Machine<LedgerBranch> & AsyncDisposable;

async function ground(): Promise<Ground> {
  const { github } = fixture;
  names += 1;
  const name = `faults-${names}`;
  const repository = await github.createRepository({ owner: "acme", name });
  await using local = await openLedgerBranch({ repository: repository.gitFolder });
  const beginning = { key: WRITER_KEY, repositories: [REPOSITORY_ID], at: new Date() };
  const pin = parsePin(await initLedger(local, beginning));
  const cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  const installation = { installation_id: fixture.installation.id };
  const { data } = await fixture.asApp.rest.apps.createInstallationAccessToken(installation);
  const branch = await openRemoteLedgerBranch({
    url: `${github.url}/acme/${name}.git`,
    ...{ cacheDir, token: data.token },
  });
  const dispose = async () => {
    await branch[Symbol.asyncDispose]();
    await rm(cacheDir, { recursive: true });
  };
  return { branch, pin, stored: new Map(), heads: new Map(), [Symbol.asyncDispose]: dispose };
}

const push = { method: "POST", route: "git-receive-pack" } as const;
const reading = { method: "GET", route: "git-upload-pack" } as const;

/** The next append meets these; what it comes to, and what one after it finds. */
const TROUBLES: readonly {
  readonly when: string;
  readonly orders: readonly FaultOrder[];
  readonly answers: boolean;
}[] = [
  {
    when: "whose answer is lost after it was accepted is found by reading",
    orders: [{ ...push, fault: { kind: "lost-answer" } }],
    answers: true,
  },
  {
    when: "that never arrives is told, and placed by the next append",
    orders: [{ ...push, fault: { kind: "reset" } }],
    answers: false,
  },
  {
    when: "that the server fails at is told, and placed by the next append",
    orders: [{ ...push, fault: { kind: "status", status: 500 } }],
    answers: false,
  },
  {
    when: "that the server forbids is told, and placed by the next append",
    orders: [{ ...push, fault: { kind: "status", status: 403 } }],
    answers: false,
  },
];

test.each(TROUBLES)("a push $when", async ({ orders, answers }) => {
  await using here = await ground();
  const { writer } = process(here);
  for (const order of orders) fixture.github.fail(order);
  const appended = writer.append([draft(1)], DOCUMENTS);
  if (answers) expect(await appended).toMatchObject([{ index: 1, appended: true }]);
  else await expect(appended).rejects.toMatchObject({ code: "ADVANCE_FAILED" });
  expect(await judged(here)).toEqual(answers ? [1] : []);
  await settled(here, [1, 2]);
});

test("a branch whose push was accepted says that it advanced, whether the answer came or not", async () => {
  await using here = await ground();
  fixture.github.fail({ ...push, fault: { kind: "lost-answer" } });
  const { commit = null } = (await here.branch.tip()) ?? {};
  const files = new Map([["README.md", Buffer.from("hello\n")]]);
  expect(await here.branch.advance(commit, files, "by hand")).toBe("advanced");
  expect((await here.branch.tip())?.commit).not.toBe(commit);
});

test("a push whose answer is lost where nothing can be read either is found by the next append", async () => {
  await using here = await ground();
  const { github } = fixture;
  github.fail({ ...push, fault: { kind: "lost-answer" } });
  const deaf: LedgerBranch = {
    tip: () => here.branch.tip(),
    advance: (...change) => {
      github.fail({ ...reading, times: 2, fault: { kind: "status", status: 500 } });
      return here.branch.advance(...change);
    },
  };
  const lost = process({ ...here, branch: deaf }).writer.append([draft(1)], DOCUMENTS);
  await expect(lost).rejects.toMatchObject({ code: "ADVANCE_FAILED" });
  expect(await judged(here)).toEqual([1]);
  await settled(here, [1, 2]);
});

/** Journal, sign, push, note, end. */
const deaths: readonly Death[] = [1, 2, 3, 4, 5, 6, 7].flatMap((at) =>
  (["before", "after"] as const).map((when) => ({ at, when })),
);

test("a process that dies before or after any effect of a push loses nothing and tells nothing twice", async () => {
  await using here = await ground();
  for (const [at, death] of deaths.entries()) {
    await process(here, death)
      .writer.append([draft(at + 1)], DOCUMENTS)
      .catch(() => undefined);
  }
  await settled(
    here,
    [...deaths.keys()].map((at) => at + 1),
  );
});

/** A process that is well appends them all: each stands once, and no size has two roots. */
async function settled(here: Ground, numbers: readonly number[]): Promise<void> {
  await process(here).writer.append(numbers.map(draft), DOCUMENTS);
  const told = (await judged(here)) as readonly number[];
  expect(told.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(twoRoots(here)).toEqual([]);
  expect(here.stored.has("pending.json")).toBe(false);
}
