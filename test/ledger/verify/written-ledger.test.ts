import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerBranch } from "../../../git/ledger-branch.ts";
import { openLedgerClone } from "../../../git/ledger-clone.ts";
import { formatPin, parsePin, type Pin } from "../../../ledger/format/pin.ts";
import { initLedger } from "../../../ledger/genesis.ts";
import { queryLineage } from "../../../ledger/lineage/query.ts";
import type { PlacedRecord } from "../../../ledger/record.ts";
import { openSequencer } from "../../../ledger/sequencer.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import {
  createFixtureRepository,
  fixtureGit,
  type FixtureRepository,
} from "../../git/fixture-repository.ts";
import { objectIdOf, REPOSITORY_ID } from "../verdict-fixture.ts";
import { DOCUMENTS, verdictDraft, WRITER_KEY } from "../writer-fixture.ts";

let server: FixtureRepository;
let folder: string;
let genesis: Pin;
let placed: readonly PlacedRecord[];
const head = objectIdOf("one head");

/** The writer's own way, from genesis on: one record, then three at once. */
beforeAll(async () => {
  server = await createFixtureRepository({ bare: true });
  folder = await mkdtemp(join(tmpdir(), "bailiff-verify-"));
  await using branch = await openLedgerBranch({ repository: server.directory, now: () => AT });
  const beginning = { key: WRITER_KEY, repositories: [REPOSITORY_ID], at: AT };
  genesis = parsePin(await initLedger(branch, beginning));
  const sequencer = openSequencer({
    ...{ branch, key: WRITER_KEY, repositoryId: REPOSITORY_ID },
    expectedRoot: genesis.trustRoot,
    directory: join(folder, "writer"),
  });
  const denied = await sequencer.append([verdictDraft({ head })], DOCUMENTS);
  const three = [
    verdictDraft({ head, decision: "ALLOW", approvedBy: "bo" }),
    verdictDraft({ number: 43, head: objectIdOf("two"), decision: "WARN" }),
    verdictDraft({ number: 44, head: objectIdOf("three"), decision: "ALLOW" }),
  ];
  placed = [...denied, ...(await sequencer.append(three, DOCUMENTS))];
});

afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

const AT = new Date("2026-01-02T03:04:05Z");
const BRANCH = "refs/heads/governance-ledger";

async function audited(pin: Pin, directory = server.directory): ReturnType<typeof verifyLedger> {
  await using clone = await openLedgerClone({ repository: directory });
  return await verifyLedger(clone, { pin, repositoryId: REPOSITORY_ID });
}

test("what the writer wrote verifies under the pin of genesis", async () => {
  const { problems, pin, size } = await audited(genesis);
  expect(problems).toEqual([]);
  expect({ pin, size }).toEqual({ pin: placed.at(-1)?.pin, size: 5 });
});

test("the lineage of a commit tells the denial and the approval that turned it", async () => {
  await using clone = await openLedgerClone({ repository: server.directory });
  const { nodes, edges } = await queryLineage(clone, { commit: head.slice(0, 8) });
  const verdicts = nodes.filter((node) => node.kind === "verdict");
  expect(verdicts.map(({ index, leaf, decision }) => ({ index, leaf, decision }))).toEqual([
    { index: 1, leaf: placed[0]?.leaf, decision: "DENY" },
    { index: 2, leaf: placed[1]?.leaf, decision: "ALLOW" },
  ]);
  const derived = edges.find(
    ({ kind, from }) => kind === "DERIVED_FROM" && from.startsWith("verdict"),
  );
  expect(derived).toMatchObject({ from: verdicts[1]?.id, to: verdicts[0]?.id });
});

test("a writer whose clock goes back writes a ledger that verifies", async () => {
  await using repository = await createFixtureRepository({ bare: true });
  let seconds = 2_000_000_000;
  const now = () => new Date((seconds -= 86_400) * 1_000);
  await using branch = await openLedgerBranch({ repository: repository.directory, now });
  const beginning = { key: WRITER_KEY, repositories: [REPOSITORY_ID], at: now() };
  const pin = parsePin(await initLedger(branch, beginning));
  const sequencer = openSequencer({
    ...{ branch, key: WRITER_KEY, repositoryId: REPOSITORY_ID },
    expectedRoot: pin.trustRoot,
    directory: join(folder, "clock"),
  });
  for (const number of [1, 2, 3]) {
    const draft = verdictDraft({ number });
    const predicate = { ...draft.predicate, at: now().toISOString() };
    await sequencer.append([{ ...draft, predicate }], DOCUMENTS);
  }
  const dates = await repository.git("log", "--format=%ct", "governance-ledger");
  const [newest = 0, before = 0] = dates.split("\n").map(Number);
  expect(newest).toBeLessThan(before);
  expect(await audited(pin, repository.directory)).toMatchObject({ size: 4, problems: [] });
});

test("somebody edits a record in a clone and pushes: an auditor's clone tells", async () => {
  const attacker = join(folder, "attacker");
  const origin = join(folder, "origin.git");
  await fixtureGit(folder, ["clone", "-q", "--bare", server.directory, origin]);
  await fixtureGit(folder, ["clone", "-q", "-b", "governance-ledger", origin, attacker]);
  const path = "records/001-1.jsonl";
  const line = await fixtureGit(attacker, ["show", `HEAD:${path}`]);
  const blob = await fixtureGit(
    attacker,
    ["hash-object", "-w", "--stdin"],
    `${line.replace("A", "B")}\n`,
  );
  await fixtureGit(attacker, ["update-index", "--cacheinfo", `100644,${blob},${path}`]);
  await fixtureGit(attacker, ["commit", "-q", "-m", "DENY PR 42 as it always was"]);
  await fixtureGit(attacker, ["push", "-q", "origin", "governance-ledger"]);

  const { ok, problems } = await audited(genesis, origin);
  expect(ok).toBe(false);
  const commit = await fixtureGit(attacker, ["rev-parse", "HEAD"]);
  expect(problems[0]).toMatchObject({
    code: "RECORD_EDITED",
    place: `${path}:1`,
    since: `commit ${commit.slice(0, 7)}, index 1`,
  });
});

test("somebody resets the branch by force: an auditor with the last pin tells", async () => {
  const origin = join(folder, "reset.git");
  await fixtureGit(folder, ["clone", "-q", "--bare", server.directory, origin]);
  const older = await fixtureGit(origin, ["rev-parse", `${BRANCH}~1`]);
  await fixtureGit(origin, ["update-ref", BRANCH, older]);
  const last = parsePin(placed.at(-1)?.pin ?? "");
  expect(formatPin(last)).toBe(placed.at(-1)?.pin);
  const { problems } = await audited(last, origin);
  expect(problems.map(({ code }) => code)).toEqual(["TRUNCATED"]);
});
