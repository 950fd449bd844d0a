import { describe, expect, test } from "vitest";
import { type CheckRunGateOptions, openCheckRunGate } from "../../github/check-run-gate.ts";
import { externalId, subjectOf } from "../../github/check-runs.ts";
import type { GovernedAction } from "../../maestro/ports.ts";
import type { Judgement } from "../../rules/evidence.ts";
import type { Decision, Reason } from "../../rules/verdict/verdict.ts";
import { fakeClient, type FakeRequest, httpError } from "./fake-client.ts";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const PULLS = "GET /repos/{owner}/{repo}/pulls";
const RUNS = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";

const APP_ID = 4242;
const HEAD = "a".repeat(40);
const repository = { id: "99", owner: "acme", name: "shop" };
const action = {} as GovernedAction;

const reasonAt = (line: number): Reason => ({
  policyId: "new-permissions",
  decision: "DENY",
  message: "jobs.release: contents read → write",
  path: ".github/workflows/release.yml",
  side: "head",
  line,
  endLine: line,
  remedy: "an approval",
  settledBy: [],
});

interface Judged {
  readonly decision: Decision;
  readonly simulation?: boolean;
  readonly lines?: readonly number[];
}

function judged({ decision, simulation = false, lines = [] }: Judged): Judgement {
  return {
    verdict: {
      decision,
      policyIds: decision === "ALLOW" ? [] : ["new-permissions"],
      reasons: lines.map(reasonAt),
      reasonsOmitted: 0,
      provenance: { origin: "app", confidence: 1, simulation },
    },
    checks: [],
    facts: {
      action: { number: 42 },
      change: {
        base: "b".repeat(40),
        mergeBase: "b".repeat(40),
        head: HEAD,
        files: [{ path: ".github/workflows/release.yml", previousPath: null, status: "modified" }],
      },
      completeness: { relevant: 1, read: 1, unread: [] },
    },
    factsDigest: "00",
  } as unknown as Judgement;
}

interface Setup {
  /** Open pull requests whose head is the judged commit; 42 is the judged one. */
  readonly open?: readonly object[];
  readonly runs?: readonly object[];
}

const openPull = (number: number, more: object = {}) => ({
  number,
  state: "open",
  head: { sha: HEAD },
  base: { ref: "main" },
  ...more,
});

function pageOf(
  items: readonly object[],
  { page, per_page }: FakeRequest["params"],
): readonly object[] {
  const [place, size] = [Number(page), Number(per_page)];
  return items.slice((place - 1) * size, place * size);
}

/** `refused`: a route whose first request GitHub answers with 422. */
function gateOn(
  { open = [openPull(42)], runs = [] }: Setup = {},
  refused?: string,
  options: CheckRunGateOptions = {},
) {
  let refusals = refused === undefined ? 0 : 1;
  const unless = <T>(route: string, answer: T): T => {
    if (route === refused && refusals-- > 0) throw httpError(422);
    return answer;
  };
  const fake = fakeClient({
    [CREATE]: () => ({ id: 1001, app: { id: APP_ID } }),
    [UPDATE]: () => unless(UPDATE, {}),
    [PULLS]: (params) => unless(PULLS, pageOf(open, params)),
    [RUNS]: (params) => ({ total_count: runs.length, check_runs: pageOf(runs, params) }),
  });
  const target = { repository, head: HEAD, pull: 42, baseBranch: "main" };
  const gate = openCheckRunGate(fake.client, target, options);
  const sent = (route: string): readonly FakeRequest["params"][] =>
    fake.requests.filter((request) => request.route === route).map(({ params }) => params);
  return { gate, sent };
}

async function concluded(judgement: Judgement, setup: Setup = {}) {
  const { gate, sent } = gateOn(setup);
  await gate.begin(action);
  const outcome = await gate.conclude(judgement, null);
  return { outcome, updates: sent(UPDATE) };
}

test("begin creates one check run on the head, in progress", async () => {
  const { gate, sent } = gateOn();
  await gate.begin(action);
  await gate.begin(action);
  expect(sent(CREATE)).toMatchObject([
    { name: "bailiff", head_sha: HEAD, status: "in_progress", external_id: "pull/42" },
  ]);
});

test.each([
  { decision: "ALLOW", simulation: false, conclusion: "success", outcome: "allowed" },
  { decision: "WARN", simulation: false, conclusion: "success", outcome: "allowed" },
  { decision: "DENY", simulation: false, conclusion: "failure", outcome: "blocked" },
  { decision: "DENY", simulation: true, conclusion: "success", outcome: "allowed" },
] as const)(
  "$decision (simulated: $simulation) concludes with $conclusion",
  async ({ decision, simulation, conclusion, outcome }) => {
    const { outcome: came, updates } = await concluded(judged({ decision, simulation, lines: [] }));
    expect(came).toBe(outcome);
    expect(updates).toMatchObject([
      {
        check_run_id: 1001,
        status: "completed",
        conclusion,
        external_id: `pull/42/${outcome}`,
      },
    ]);
  },
);

test("with fail-on warn a warning concludes with failure", async () => {
  const { gate, sent } = gateOn({}, undefined, { failOn: "warn" });
  await gate.begin(action);
  expect(await gate.conclude(judged({ decision: "WARN" }), null)).toBe("blocked");
  expect(sent(UPDATE)).toMatchObject([{ conclusion: "failure", external_id: "pull/42/blocked" }]);
});

test("a check run without an author is not believed", async () => {
  const { client } = fakeClient({ [CREATE]: () => ({ id: 1001, app: null }) });
  const target = { repository, head: HEAD, pull: 42, baseBranch: "main" };
  await expect(openCheckRunGate(client, target).begin(action)).rejects.toMatchObject({
    code: "ANSWER_STRANGE",
  });
});

test("a simulation says so in its title", async () => {
  const { updates } = await concluded(judged({ decision: "DENY", simulation: true }));
  expect((updates[0]?.output as { title: string }).title).toMatch(/simulat/i);
});

test("where no ledger is, the check run says so and how to change it", async () => {
  const { updates } = await concluded(judged({ decision: "ALLOW" }));
  const { summary, text } = updates[0]?.output as { summary: string; text: string };
  expect(`${summary}${text}`).toContain("bailiff ledger init");
});

test("where there is a record, the check run shows its pin", async () => {
  const { gate, sent } = gateOn();
  await gate.begin(action);
  const record = {
    index: 7,
    leaf: "ff".repeat(32),
    pin: "bailiff.dev/ledger/x 8 r d",
    appended: true,
  };
  await gate.conclude(judged({ decision: "ALLOW" }), record);
  const { summary, text } = sent(UPDATE)[0]?.output as { summary: string; text: string };
  expect(`${summary}${text}`).toContain(record.pin);
});

describe("annotations", () => {
  const linesTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  test.each([
    { count: 0, batches: [0] },
    { count: 1, batches: [1] },
    { count: 50, batches: [50] },
    { count: 51, batches: [50, 1] },
    { count: 120, batches: [50, 50, 20] },
    { count: 900, batches: [50, 50, 50, 50] },
  ])(
    "$count go in requests of $batches, the last of which concludes",
    async ({ count, batches }) => {
      const { updates } = await concluded(judged({ decision: "DENY", lines: linesTo(count) }));
      const sizes = updates.map(({ output }) => (output as { annotations: [] }).annotations.length);
      expect(sizes).toEqual(batches);
      const conclusions = updates.map(({ conclusion }) => conclusion);
      expect(conclusions).toEqual([...batches.slice(1).map(() => undefined), "failure"]);
    },
  );

  test("they stand at their lines", async () => {
    const { updates } = await concluded(judged({ decision: "DENY", lines: [14] }));
    expect((updates[0]?.output as { annotations: unknown }).annotations).toMatchObject([
      {
        path: ".github/workflows/release.yml",
        start_line: 14,
        end_line: 14,
        annotation_level: "failure",
      },
    ]);
  });
});

describe("a head that moved on is stale, and its own check run still concludes", () => {
  test.each([
    { when: "pushed to", open: [openPull(42, { head: { sha: "c".repeat(40) } })] },
    { when: "closed", open: [openPull(42, { state: "closed" })] },
    { when: "gone from the commit", open: [] },
  ])("$when", async ({ open }) => {
    const { outcome, updates } = await concluded(judged({ decision: "ALLOW" }), { open });
    expect(outcome).toBe("stale");
    expect(updates).toMatchObject([{ check_run_id: 1001, conclusion: "success" }]);
  });
});

test("a base branch that changed meanwhile is not told as allowed, whatever its old one allowed", async () => {
  const open = [openPull(42, { base: { ref: "release" } })];
  const { outcome, updates } = await concluded(judged({ decision: "ALLOW" }), { open });
  expect(outcome).toBe("stale");
  expect(updates).toMatchObject([{ conclusion: "failure", external_id: "pull/42/blocked" }]);
});

describe("another pull request of the same commit", () => {
  const open = [openPull(42), openPull(43)];
  const run = (id: number, external_id: string | null, app = APP_ID) => ({
    id,
    external_id,
    app: { id: app },
  });

  test.each([
    { when: "was blocked", runs: [run(1, "pull/43/blocked")], conclusion: "failure" },
    { when: "was allowed", runs: [run(1, "pull/43/allowed")], conclusion: "success" },
    { when: "was never judged", runs: [], conclusion: "failure" },
    { when: "is being judged", runs: [run(1, "pull/43")], conclusion: "failure" },
    {
      when: "was blocked, then allowed",
      runs: [run(1, "pull/43/blocked"), run(2, "pull/43/allowed")],
      conclusion: "success",
    },
    {
      when: "was allowed, then blocked",
      runs: [run(2, "pull/43/blocked"), run(1, "pull/43/allowed")],
      conclusion: "failure",
    },
    {
      when: "was allowed by another App",
      runs: [run(1, "pull/43/allowed", 1)],
      conclusion: "failure",
    },
  ])("$when: $conclusion", async ({ runs, conclusion }) => {
    const { updates } = await concluded(judged({ decision: "ALLOW" }), { open, runs });
    expect(updates).toMatchObject([{ conclusion, external_id: "pull/42/allowed" }]);
  });

  const many = (count: number, make: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => make(index));

  test("is found behind a hundred that its author opened", async () => {
    const elsewhere = { head: { sha: "c".repeat(40) } };
    const flooded = [openPull(42), ...many(100, (at) => openPull(at + 100, elsewhere))];
    const { updates } = await concluded(judged({ decision: "ALLOW" }), {
      open: [...flooded, openPull(43)],
      runs: [run(1, "pull/43/blocked")],
    });
    expect(updates).toMatchObject([{ conclusion: "failure" }]);
  });

  test("is known by its newest check run, behind a hundred that its author asked for", async () => {
    const runs = [run(1, "pull/43/allowed"), ...many(99, (at) => run(at + 2, "pull/42/allowed"))];
    const { updates } = await concluded(judged({ decision: "ALLOW" }), {
      open,
      runs: [...runs, run(500, "pull/43/blocked")],
    });
    expect(updates).toMatchObject([{ conclusion: "failure" }]);
  });

  test("and thousands more are counted, within what GitHub takes", async () => {
    const crowd = [openPull(42), ...many(9_000, (at) => openPull(at + 1_000_000_000))];
    const { updates } = await concluded(judged({ decision: "ALLOW" }), { open: crowd });
    const { summary } = updates[0]?.output as { summary: string };
    expect(summary).toContain("and 8980 more");
    expect(Buffer.byteLength(summary)).toBeLessThan(65_535);
  });

  test("is named, with what to do", async () => {
    const { updates } = await concluded(judged({ decision: "ALLOW" }), { open, runs: [] });
    expect((updates[0]?.output as { summary: string }).summary).toContain("#43");
  });

  test("does not hide what denies this one", async () => {
    const { updates } = await concluded(judged({ decision: "DENY" }), { open, runs: [] });
    expect(updates).toMatchObject([{ external_id: "pull/42/blocked" }]);
    expect((updates[0]?.output as { title: string }).title).not.toContain("#43");
  });
});

test("no verdict fails the check run, with reason and remedy", async () => {
  const { gate, sent } = gateOn();
  await gate.begin(action);
  await gate.fail(action, { message: "The ledger was not reached.", remedy: "Wait a little." });
  expect(sent(UPDATE)).toMatchObject([{ status: "completed", conclusion: "failure" }]);
  const { summary } = sent(UPDATE)[0]?.output as { summary: string };
  expect(summary).toContain("The ledger was not reached.");
  expect(summary).toContain("Wait a little.");
});

test("where GitHub refuses once that there is no verdict, it is told again", async () => {
  const { gate, sent } = gateOn({}, UPDATE);
  await gate.begin(action);
  await gate.fail(action, { message: "The ledger was not reached.", remedy: "Wait a little." });
  expect(sent(UPDATE)).toHaveLength(2);
  expect(sent(UPDATE).at(-1)).toMatchObject({ status: "completed", conclusion: "failure" });
});

test.each([
  { when: "GitHub refuses the conclusion", route: UPDATE },
  { when: "GitHub does not tell what stands on the commit", route: PULLS },
])("where $when, the check run fails and does not stay in progress", async ({ route }) => {
  const { gate, sent } = gateOn({}, route);
  await gate.begin(action);
  await expect(gate.conclude(judged({ decision: "ALLOW" }), null)).rejects.toMatchObject({
    status: 422,
  });
  expect(sent(UPDATE).at(-1)).toMatchObject({
    status: "completed",
    conclusion: "failure",
    external_id: "pull/42/blocked",
    output: { annotations: [] },
  });
});

test("nothing is concluded that was not begun", async () => {
  const { gate } = gateOn();
  await expect(gate.conclude(judged({ decision: "ALLOW" }), null)).rejects.toMatchObject({
    code: "CHECK_NOT_BEGUN",
  });
});

test.each([
  { subject: { host: "app", pull: 42, own: null }, text: "pull/42" },
  { subject: { host: "app", pull: 42, own: "allowed" }, text: "pull/42/allowed" },
  { subject: { host: "app", pull: 42, own: "blocked" }, text: "pull/42/blocked" },
  { subject: { host: "action", pull: 42, own: null }, text: "action/pull/42" },
  { subject: { host: "action", pull: 42, own: "allowed" }, text: "action/pull/42/allowed" },
] as const)("a check run's subject is written $text", ({ subject, text }) => {
  expect(externalId(subject)).toBe(text);
  expect(subjectOf(text)).toEqual(subject);
});

test.each([
  null,
  "",
  "pull/",
  "pull/0",
  "pull/-1",
  "pull/42/denied",
  "pull/42\n",
  "issue/42",
  "cli/pull/42",
])("%j names no subject", (text) => {
  expect(subjectOf(text)).toBeNull();
});
