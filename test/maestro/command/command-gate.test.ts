import { describe, expect, test } from "vitest";
import { GitError } from "../../../git/errors.ts";
import { executionPredicate } from "../../../ledger/execution-predicate.ts";
import type { Ledger, RecordDraft } from "../../../ledger/record.ts";
import { openCommandGate } from "../../../maestro/command/command-gate.ts";
import type { Difference, Execution, ProcessEnd } from "../../../maestro/command/execution.ts";
import type { Outcome } from "../../../maestro/ports.ts";
import type { Judgement } from "../../../rules/evidence.ts";
import { action } from "../fake-ports.ts";

const refused = new GitError("GIT_FAILED", "git did not; ask again");
const dirty: readonly Difference[] = [{ path: "a.txt", kind: "content" }];
const verdict = { index: 4, leaf: "4".repeat(64), pin: "pin", appended: true };
const subject = { head: action.range.head, headTree: "d".repeat(40) };

interface Scene {
  readonly decision?: "ALLOW" | "WARN" | "DENY";
  readonly simulation?: boolean;
  /** What each look at the work tree sees; the last one stays. */
  readonly looks?: readonly (readonly Difference[] | Error)[];
  readonly allowDirty?: boolean;
  readonly end?: ProcessEnd;
  /** The append that fails, from 1; Infinity for none. */
  readonly failsAt?: number;
  readonly recorded?: boolean;
}

interface Told {
  readonly outcome: Outcome | Error;
  readonly story: readonly string[];
  readonly drafts: readonly RecordDraft[];
  readonly execution: Execution | undefined;
}

/** Plays one run from its verdict on, and tells what happened in which order. */
async function play(scene: Scene): Promise<Told> {
  const story: string[] = [];
  const drafts: RecordDraft[] = [];
  const looks = [...(scene.looks ?? [[]])];
  const gate = openCommandGate({
    command: {
      argv: ["deploy", "--token", "hush"],
      run: () => {
        story.push("run");
        return Promise.resolve(scene.end ?? { exitCode: 0 });
      },
    },
    workTree: {
      differences: (commit) => {
        story.push(commit === subject.head ? "look" : "look at another commit");
        const seen = (looks.length > 1 ? looks.shift() : looks[0]) ?? [];
        return seen instanceof Error ? Promise.reject(seen) : Promise.resolve(seen as Difference[]);
      },
    },
    allowDirty: scene.allowDirty ?? false,
    ledger: (scene.recorded ?? true) ? ledgerOf(scene, story, drafts) : null,
    now: () => new Date("2026-11-22T10:00:00Z"),
    judged: () => story.push("judged"),
  });
  const facts = { ...action.facts, kind: "command", name: "deploy" } as const;
  await gate.begin({ ...action, facts, attempt: "run-1" });
  const record = (scene.recorded ?? true) ? verdict : null;
  const outcome = await gate
    .conclude(judgementOf(scene), record)
    .catch((error: unknown) => error as Error);
  return { outcome, story, drafts, execution: gate.executions[0] };
}

function ledgerOf(scene: Scene, story: string[], drafts: RecordDraft[]): Ledger {
  return {
    observe: () => Promise.resolve({ size: 5, root: "cm9vdA==" }),
    standing: () => Promise.resolve([]),
    append: ([draft]) => {
      if (draft === undefined) return Promise.resolve([]);
      drafts.push(draft);
      story.push(`record ${draft.predicate["phase"] as string}`);
      if (drafts.length === scene.failsAt) return Promise.reject(refused);
      const leaf = String(drafts.length).repeat(64);
      return Promise.resolve([{ index: 4 + drafts.length, leaf, pin: "pin", appended: true }]);
    },
  };
}

function judgementOf({ decision = "ALLOW", simulation = false }: Scene): Judgement {
  return {
    verdict: { decision, provenance: { simulation } },
    facts: { change: subject },
  } as unknown as Judgement;
}

describe("a command", () => {
  test("starts once its start is on the record and the work tree was looked at again", async () => {
    const { outcome, story, execution } = await play({ end: { exitCode: 7 } });
    expect(story).toEqual(["judged", "look", "record started", "look", "run", "record ended"]);
    expect(outcome).toBe("allowed");
    expect(execution).toMatchObject({ status: "ended", exitCode: 7, attempt: "run-1" });
    expect(execution?.record?.index).toBe(6);
  });

  test.each<Scene & { when: string; story: readonly string[]; result: Partial<Execution> }>([
    {
      when: "the verdict is a denial",
      decision: "DENY",
      story: ["judged", "record blocked"],
      result: { status: "blocked", cause: "denied", exitCode: 125, differences: null },
    },
    {
      when: "it is a denial, whatever may be dirty",
      ...{ decision: "DENY", allowDirty: true },
      story: ["judged", "record blocked"],
      result: { status: "blocked", cause: "denied" },
    },
    {
      when: "the work tree differs",
      looks: [dirty],
      story: ["judged", "look", "record blocked"],
      result: { status: "blocked", cause: "work-tree", exitCode: 125, differences: dirty },
    },
    {
      when: "the work tree differs, in simulation too",
      ...{ looks: [dirty], simulation: true },
      story: ["judged", "look", "record blocked"],
      result: { status: "blocked", cause: "work-tree" },
    },
    {
      when: "the work tree changed while its start was recorded",
      looks: [[], dirty],
      story: ["judged", "look", "record started", "look", "record ended"],
      result: { status: "blocked", exitCode: 125, failure: "work-tree", differences: dirty },
    },
  ])("never starts where $when", async ({ story, result, ...scene }) => {
    const told = await play(scene);
    expect(told.story).toEqual(story);
    expect(told.outcome).toBe("blocked");
    expect(told.execution).toMatchObject(result);
  });

  test.each<Scene & { when: string; story: readonly string[] }>([
    {
      when: "a denial is simulated",
      ...{ decision: "DENY", simulation: true },
      story: ["judged", "look", "record started", "look", "run", "record ended"],
    },
    {
      when: "it is a warning",
      decision: "WARN",
      story: ["judged", "look", "record started", "look", "run", "record ended"],
    },
    {
      when: "a work tree that differs is allowed",
      ...{ looks: [dirty], allowDirty: true },
      story: ["judged", "look", "record started", "run", "record ended"],
    },
    {
      when: "nothing is recorded",
      recorded: false,
      story: ["judged", "look", "run"],
    },
  ])("starts where $when", async ({ story, ...scene }) => {
    const told = await play(scene);
    expect(told.story).toEqual(story);
    expect(told.outcome).toBe("allowed");
  });

  test("is blocked without a record where nothing is recorded", async () => {
    const { story, execution } = await play({ decision: "DENY", recorded: false });
    expect(story).toEqual(["judged"]);
    expect(execution).toMatchObject({ status: "blocked", record: null });
  });

  test("never starts where its start cannot be recorded", async () => {
    const { outcome, story } = await play({ failsAt: 1 });
    expect(outcome).toBe(refused);
    expect(story).not.toContain("run");
  });

  test("that ended keeps its exit code where that cannot be recorded, and says so", async () => {
    const { outcome, execution } = await play({ failsAt: 2, end: { exitCode: 3 } });
    expect(outcome).toBe("allowed");
    expect(execution).toMatchObject({
      exitCode: 3,
      record: { index: 5 },
      unrecorded: { message: refused.message },
    });
  });

  test.each<{ when: string; looks: readonly (readonly Difference[] | Error)[]; last: string }>([
    { when: "the first time", looks: [refused], last: "record blocked" },
    { when: "the second time", looks: [[], refused], last: "record ended" },
  ])("never starts where the work tree cannot be compared $when", async ({ looks, last }) => {
    const { outcome, story, execution } = await play({ looks });
    expect(outcome).toBe(refused);
    expect(story).not.toContain("run");
    expect(story.at(-1)).toBe(last);
    expect(execution).toBeUndefined();
  });

  test.each<{ end: ProcessEnd; result: Partial<Execution> }>([
    { end: { signal: "SIGTERM", exitCode: 143 }, result: { signal: "SIGTERM", exitCode: 143 } },
    { end: { failure: "not-found", exitCode: 127 }, result: { failure: "not-found" } },
    { end: { failure: "not-executable", exitCode: 126 }, result: { exitCode: 126 } },
  ])("that ended as $end is told so", async ({ end, result }) => {
    expect((await play({ end })).execution).toMatchObject({ status: "ended", ...result });
  });
});

describe("the records of a run", () => {
  test.each<Scene & { when: string }>([
    { when: "started and ended" },
    { when: "blocked by a denial", decision: "DENY" },
    { when: "blocked by its work tree", looks: [dirty] },
    { when: "ended without having run", looks: [[], dirty] },
    { when: "ended by a signal", end: { signal: "SIGKILL", exitCode: 137 } },
  ])("are of the ledger's form where it $when", async (scene) => {
    const { drafts } = await play(scene);
    expect(drafts.length).toBeGreaterThan(0);
    for (const { predicate, observed } of drafts) {
      executionPredicate.parse({ ...predicate, observed, id: "id", ledger: "origin" });
    }
  });

  test("are about the judged commit, and name the verdict, the run and their start", async () => {
    const { drafts } = await play({});
    for (const draft of drafts) {
      expect(draft).toMatchObject({
        kind: "execution",
        subject: { commit: subject.head, tree: subject.headTree },
        observed: { size: 5, root: "cm9vdA==" },
        predicate: {
          action: { kind: "command", name: "deploy", attempt: "run-1" },
          repository: { id: action.repository.id },
          verdictLeaf: verdict.leaf,
          simulation: false,
        },
      });
    }
    expect(drafts[1]?.predicate).toMatchObject({ phase: "ended", startedLeaf: "1".repeat(64) });
  });

  test("say by its first word and a digest what was run: arguments may hold secrets", async () => {
    const { drafts } = await play({});
    expect(drafts[0]?.predicate["command"]).toMatchObject({ program: "deploy", arguments: 2 });
    expect(JSON.stringify(drafts)).not.toContain("hush");
  });

  test("say how the work tree differed, and whether that was allowed", async () => {
    const { drafts } = await play({ looks: [dirty], allowDirty: true });
    const workTree = { allowDirty: true, differences: dirty };
    expect(drafts.map(({ predicate }) => predicate["workTree"])).toEqual([workTree, workTree]);
  });

  test("count differences that are too many to be listed", async () => {
    const many = Array.from({ length: 3_000 }, (_, place): Difference => {
      return { path: `folder/with/a/name/${place}`, kind: "untracked" };
    });
    const { drafts } = await play({ looks: [many] });
    expect(drafts[0]?.predicate["workTree"]).toMatchObject({ differences: { count: 3_000 } });
  });
});

test("a gate that nobody began concludes nothing", async () => {
  const parts = { allowDirty: false, ledger: null, now: () => new Date(), judged: () => undefined };
  const gate = openCommandGate({
    ...parts,
    command: { argv: ["x"], run: () => Promise.reject(refused) },
    workTree: { differences: () => Promise.resolve([]) },
  });
  await expect(gate.conclude(judgementOf({}), null)).rejects.toThrow();
  expect(gate.executions).toEqual([]);
});

test("a run without a verdict leaves no execution", async () => {
  const gate = openCommandGate({
    ...{ allowDirty: false, ledger: null, now: () => new Date(), judged: () => undefined },
    command: { argv: ["x"], run: () => Promise.reject(refused) },
    workTree: { differences: () => Promise.reject(refused) },
  });
  await gate.begin(action);
  await gate.fail(action, { message: "no", remedy: "yes" });
  expect(gate.executions).toEqual([]);
});
