import { describe, expect, test } from "vitest";
import { formatBatch } from "../../ledger/format/batch.ts";
import { FakeBranch, type Fault } from "./fake-branch.ts";
import { draft, judged, machine, process, twoRoots, type Machine } from "./one-machine.ts";
import { DOCUMENTS, writerOf } from "./writer-fixture.ts";

const effects = await countEffects();
const deaths = Array.from({ length: effects }, (_, at) => at + 1).flatMap((at) =>
  (["before", "after"] as const).map((when) => ({ at, when })),
);

test("an append has effects to die at", () => {
  expect(effects).toBeGreaterThanOrEqual(7);
});

test.each(deaths)(
  "a process that dies $when effect $at loses nothing, tells nothing twice, signs no second root",
  async (death) => {
    const here = await machine();
    await process(here).writer.append([draft(1)], DOCUMENTS);
    const dying = process(here, death).writer.append([draft(2), draft(3)], DOCUMENTS);
    await expect(dying).rejects.toThrow();

    const { writer } = process(here);
    await writer.append([draft(4)], DOCUMENTS);
    await writer.append([draft(2), draft(3)], DOCUMENTS);
    expect([...(await judged(here))].sort()).toEqual([1, 2, 3, 4]);
    expect(twoRoots(here)).toEqual([]);
    expect(here.stored.has("pending.json")).toBe(false);
  },
);

test("a process that dies while it recovers is recovered itself", async () => {
  for (const first of deaths) {
    const here = await machine();
    await process(here, first)
      .writer.append([draft(1)], DOCUMENTS)
      .catch(() => undefined);
    await process(here, { at: 2, when: "after" })
      .writer.append([draft(2)], DOCUMENTS)
      .catch(() => undefined);
    await process(here).writer.append([draft(1), draft(2)], DOCUMENTS);
    expect([...(await judged(here))].sort()).toEqual([1, 2]);
    expect(twoRoots(here)).toEqual([]);
  }
});

describe("an answer that was lost", () => {
  test("after the branch moved is found by reading", async () => {
    const here = await machine();
    here.branch.faults.push("throws-after");
    const placed = await process(here).writer.append([draft(1)], DOCUMENTS);
    expect(placed).toMatchObject([{ index: 1, appended: true }]);
    expect(await judged(here)).toEqual([1]);
  });

  test("before the branch moved is told, and the same bytes are sent next time", async () => {
    const here = await machine();
    here.branch.faults.push("throws-before");
    const { writer } = process(here);
    await expect(writer.append([draft(1)], DOCUMENTS)).rejects.toMatchObject({
      code: "ADVANCE_FAILED",
    });
    expect(here.branch.commits).toHaveLength(1);
    expect(await writer.append([draft(1)], DOCUMENTS)).toMatchObject([
      { index: 1, appended: false },
    ]);
    expect(here.heads.get("2")?.size).toBe(1);
    expect(await judged(here)).toEqual([1]);
  });
});

/** Another writer with the same key, on another machine: not how a ledger is run, and survived. */
async function otherMachine(here: Machine, numbers: readonly number[]): Promise<FakeBranch> {
  const branch = new FakeBranch();
  branch.put(here.branch.commits.at(-1)?.files ?? new Map<string, Uint8Array>());
  await writerOf({ branch, pin: here.pin }).append(numbers.map(draft), DOCUMENTS);
  return branch;
}

function takeOver(here: Machine, theirs: FakeBranch): void {
  here.branch.put(theirs.commits.at(-1)?.files ?? new Map<string, Uint8Array>());
}

describe("a race that was lost", () => {
  test.each([
    { when: "one record", theirs: [7] },
    { when: "as many records", theirs: [7, 8] },
    { when: "more records", theirs: [7, 8, 9] },
  ])("to $when of a consistent head is placed again after them", async ({ theirs }) => {
    const here = await machine();
    const there = await otherMachine(here, theirs);
    here.branch.faults.push({
      meanwhile: () => {
        takeOver(here, there);
      },
    });
    const placed = await process(here).writer.append([draft(1), draft(2)], DOCUMENTS);
    expect(placed.map(({ index }) => index)).toEqual([theirs.length + 1, theirs.length + 2]);
    expect(await judged(here)).toEqual([...theirs, 1, 2]);
    expect(twoRoots(here)).toEqual([]);
  });

  test("to a commit that changed nothing sends the same bytes", async () => {
    const here = await machine();
    here.branch.faults.push({
      meanwhile: () => {
        here.branch.put(new Map());
      },
    });
    await process(here).writer.append([draft(1)], DOCUMENTS);
    expect(here.heads.get("2")?.size).toBe(1);
    expect(await judged(here)).toEqual([1]);
  });

  test("again and again is given up, and kept for the next append", async () => {
    const here = await machine();
    const meanwhile: Fault = {
      meanwhile: () => {
        here.branch.put(new Map());
      },
    };
    here.branch.faults.push(...Array.from({ length: 12 }, () => meanwhile));
    const { writer } = process(here);
    await expect(writer.append([draft(1)], DOCUMENTS)).rejects.toMatchObject({ code: "LOST_RACE" });
    await writer.append([draft(2)], DOCUMENTS);
    expect(await judged(here)).toEqual([1, 2]);
  });

  test("to somebody who cannot sign stops the writer", async () => {
    const here = await machine();
    const meanwhile = (): void => {
      here.branch.put(new Map([["checkpoint", Buffer.from("mine\n")]]));
    };
    here.branch.faults.push({ meanwhile });
    await expect(process(here).writer.append([draft(1)], DOCUMENTS)).rejects.toMatchObject({
      code: "CHECKPOINT_INVALID",
    });
  });
});

describe("a head that does not continue what was seen", () => {
  test("a smaller one stops every append, and observing", async () => {
    const here = await machine();
    const { writer } = process(here);
    for (const number of [1, 2]) await writer.append([draft(number)], DOCUMENTS);
    here.branch.commits.pop();
    await expect(writer.append([draft(3)], DOCUMENTS)).rejects.toMatchObject({ code: "TRUNCATED" });
    await expect(writer.observe()).rejects.toMatchObject({ code: "TRUNCATED" });
    expect(here.branch.commits).toHaveLength(2);
  });

  test.each([
    { when: "of the same size", theirs: [8] },
    { when: "that is larger", theirs: [8, 9, 10] },
  ])("one $when, with another past, stops every append", async ({ theirs }) => {
    const here = await machine();
    const there = await otherMachine(here, theirs);
    const { writer } = process(here);
    await writer.append([draft(1)], DOCUMENTS);
    here.branch.put(new Map([["records/001-1.jsonl", null]]));
    takeOver(here, there);
    await expect(writer.append([draft(2)], DOCUMENTS)).rejects.toMatchObject({ code: "FORKED" });
  });

  test("one of the noted size and another root is not observed either", async () => {
    const here = await machine();
    const there = await otherMachine(here, [8]);
    const { writer } = process(here);
    await writer.append([draft(1)], DOCUMENTS);
    takeOver(here, there);
    await expect(writer.observe()).rejects.toMatchObject({ code: "FORKED" });
  });
});

describe("a journal", () => {
  test("is not fooled by a batch that lies on the branch and is in no signed tree", async () => {
    const here = await machine();
    here.branch.faults.push("throws-before");
    const { writer } = process(here);
    await writer.append([draft(1)], DOCUMENTS).catch(() => undefined);
    const { lines } = JSON.parse(Buffer.from(here.stored.get("pending.json") ?? []).toString()) as {
      lines: readonly string[];
    };
    const batch = formatBatch(lines.map((line) => Buffer.from(line, "base64")));
    here.branch.put(new Map([["records/001-1.jsonl", batch]]));
    await writer.append([draft(2)], DOCUMENTS);
    expect(await judged(here)).toEqual([1, 2]);
  });

  test("with another root for the size that would be signed stops the writer", async () => {
    const here = await machine();
    here.branch.faults.push("throws-before");
    const { writer } = process(here);
    await writer.append([draft(1)], DOCUMENTS).catch(() => undefined);
    const pending = JSON.parse(Buffer.from(here.stored.get("pending.json") ?? []).toString()) as {
      result: { root: string };
    };
    pending.result.root = here.pin.root;
    here.stored.set("pending.json", Buffer.from(JSON.stringify(pending)));
    await expect(writer.append([draft(1)], DOCUMENTS)).rejects.toMatchObject({
      code: "JOURNAL_CONFLICT",
    });
    expect(here.branch.commits).toHaveLength(1);
  });

  test.each(["pending.json", "noted.json"])(
    "whose %s is not of its making stops the writer",
    async (name) => {
      const here = await machine();
      here.stored.set(name, Buffer.from("{}"));
      await expect(process(here).writer.append([draft(1)], DOCUMENTS)).rejects.toMatchObject({
        code: "JOURNAL_CONFLICT",
      });
    },
  );
});

async function countEffects(): Promise<number> {
  const here = await machine();
  await process(here).writer.append([draft(1)], DOCUMENTS);
  const { mortal, writer } = process(here);
  await writer.append([draft(2), draft(3)], DOCUMENTS);
  return mortal.effects;
}
