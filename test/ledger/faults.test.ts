import { describe, expect, test } from "vitest";
import type { DurableFiles } from "../../ledger/append/durable-files.ts";
import { toBase64 } from "../../ledger/format/base64.ts";
import { FakeBranch } from "./fake-branch.ts";
import { memoryFiles } from "./memory-files.ts";
import { draft, judged, machine, process, twoRoots, type Machine } from "./one-machine.ts";
import { OTHER_ORIGIN } from "./verify/attacks/attack.ts";
import { DOCUMENTS, lineOf, newLedger, WRITER_KEY, writerOf } from "./writer-fixture.ts";

/** A disk that takes so many writes more, and then none. Of what is added to a file a part may reach it. */
interface Disk {
  readonly files: DurableFiles;
  left: number;
}

function fullAfter(left: number, stored: Map<string, Uint8Array>, code = "ENOSPC"): Disk {
  const files = memoryFiles(stored);
  const disk: Disk = {
    left,
    files: {
      ...files,
      write: (name, bytes) => (room(disk) ? files.write(name, bytes) : full(code)),
      append: async (name, bytes) => {
        if (room(disk)) return files.append(name, bytes);
        await files.append(name, bytes.subarray(0, bytes.length / 2));
        return full(code);
      },
      remove: (name) => (code === "ENOSPC" || room(disk) ? files.remove(name) : full(code)),
    },
  };
  return disk;
}

function room(disk: Disk): boolean {
  disk.left -= 1;
  return disk.left >= 0;
}

function full(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(`${code}: it cannot be written`), { code }));
}

const WRITES = 8;
const steps = Array.from({ length: WRITES }, (_, left) => left);

describe.each([
  { why: "is full", code: "ENOSPC" },
  { why: "can only be read", code: "EROFS" },
])("a disk that $why", ({ code }) => {
  test.each(steps)(
    "after %i writes loses nothing, tells nothing twice, signs no second root",
    async (left) => {
      const here = await machine();
      await process(here).writer.append([draft(1)], DOCUMENTS);
      const disk = fullAfter(left, here.stored, code);
      const { writer } = process(here, null, disk.files);
      const answered: number[] = [1];
      for (const number of [2, 3]) {
        await writer.append([draft(number)], DOCUMENTS).then(
          () => answered.push(number),
          (error: unknown) => {
            expect(error).toMatchObject({ code });
          },
        );
      }
      expect(await judged(here)).toEqual(expect.arrayContaining(answered));

      disk.left = Infinity;
      await writer.append([draft(4)], DOCUMENTS);
      await writer.append([2, 3].map(draft), DOCUMENTS);
      expect([...(await judged(here))].sort()).toEqual([1, 2, 3, 4]);
      expect(twoRoots(here)).toEqual([]);
      expect(here.stored.has("pending.json")).toBe(false);
    },
  );
});

test("an append needs every one of those writes", async () => {
  const here = await machine();
  const disk = fullAfter(WRITES, here.stored);
  await process(here, null, disk.files).writer.append([draft(1)], DOCUMENTS);
  const spent = WRITES - disk.left;
  expect(spent).toBeGreaterThanOrEqual(4);
  expect(spent).toBeLessThanOrEqual(WRITES);
});

/** A machine whose last append was journaled and signed, and did not reach the branch. */
async function interrupted(): Promise<Machine> {
  const here = await machine();
  await process(here).writer.append([draft(1)], DOCUMENTS);
  here.branch.faults.push("throws-before");
  const { writer } = process(here);
  await expect(writer.append([draft(2)], DOCUMENTS)).rejects.toMatchObject({
    code: "ADVANCE_FAILED",
  });
  return here;
}

async function refused(here: Machine, code: string): Promise<void> {
  const before = here.branch.commits.length;
  const signed = new Map(here.heads);
  const appended = process(here).writer.append([draft(3)], DOCUMENTS);
  await expect(appended).rejects.toMatchObject({ code });
  expect(here.branch.commits).toHaveLength(before);
  expect(here.heads).toEqual(signed);
}

describe("a journal that was torn", () => {
  test.each(["pending.json", "noted.json"])(
    "at any byte of its %s stops the writer before it signs",
    async (name) => {
      const here = await interrupted();
      const whole = here.stored.get(name) ?? new Uint8Array(0);
      expect(whole.length).toBeGreaterThan(50);
      for (const at of placesIn(whole)) {
        here.stored.set(name, whole.subarray(0, at));
        await refused(here, "JOURNAL_CONFLICT");
      }
      here.stored.set(name, whole);
      await process(here).writer.append([draft(3)], DOCUMENTS);
      expect(await judged(here)).toEqual([1, 2, 3]);
      expect(twoRoots(here)).toEqual([]);
    },
  );

  test("at any byte of what only is a cache costs nothing", async () => {
    const here = await interrupted();
    const name = "latest/caught-up.json";
    const whole = here.stored.get(name) ?? new Uint8Array(0);
    for (const at of placesIn(whole)) {
      here.stored.set(name, whole.subarray(0, at));
      const [placed] = await process(here).writer.append([draft(1)], DOCUMENTS);
      expect(placed).toMatchObject({ index: 1, appended: false });
    }
    expect(await judged(here)).toEqual([1, 2]);
  });
});

/** Every place of a short file; of a long one both ends and some between. */
function placesIn(bytes: Uint8Array): readonly number[] {
  const all = Array.from({ length: bytes.length }, (_, at) => at);
  return all.filter((at) => at < 64 || at > bytes.length - 64 || at % 97 === 0);
}

test.each(["noted.json", "latest/caught-up.json", "pending.json"])(
  "a folder whose %s vanished loses nothing and tells nothing twice",
  async (name) => {
    const here = await interrupted();
    here.stored.delete(name);
    const { writer } = process(here);
    for (const number of [2, 1]) await writer.append([draft(number)], DOCUMENTS);
    expect(await judged(here)).toEqual([1, 2]);
  },
);

describe("a journal that is not of this branch's past", () => {
  test("on top of more records than there are stops the writer", async () => {
    const here = await interrupted();
    here.branch.commits.pop();
    here.stored.delete("noted.json");
    await refused(here, "JOURNAL_CONFLICT");
  });

  test("of a machine that has seen more stops the writer", async () => {
    const here = await interrupted();
    here.stored.set("noted.json", Buffer.from(JSON.stringify({ size: 9, root: here.pin.root })));
    await refused(here, "TRUNCATED");
  });

  test("with another ledger's records stops the writer", async () => {
    const here = await interrupted();
    const lines = [8, 9].map((number) => lineOf(draft(number), OTHER_ORIGIN, WRITER_KEY));
    const result = { size: 9, root: here.pin.root };
    rewritten(here, (pending) => ({ ...pending, result, lines: lines.map(toBase64) }));
    await refused(here, "JOURNAL_CONFLICT");
  });

  test("put back from a copy does not place again what was placed elsewhere since", async () => {
    const here = await interrupted();
    const copy = new Map(here.stored);
    const there = new FakeBranch();
    there.put(here.branch.commits.at(-1)?.files ?? new Map<string, Uint8Array>());
    await writerOf({ branch: there, pin: here.pin }).append([draft(7)], DOCUMENTS);
    here.branch.put(there.commits.at(-1)?.files ?? new Map<string, Uint8Array>());
    await process(here).writer.append([draft(3)], DOCUMENTS);
    expect(await judged(here)).toEqual([1, 7, 2, 3]);

    const again = process({ ...here, stored: copy }).writer;
    await again.append([draft(4)], DOCUMENTS);
    expect(await judged(here)).toEqual([1, 7, 2, 3, 4]);
    expect(copy.has("pending.json")).toBe(false);
  });

  test("of another ledger's folder, with its noted head, stops the writer", async () => {
    const here = await interrupted();
    const there = {
      ...(await newLedger()),
      stored: new Map<string, Uint8Array>(),
      heads: here.heads,
    };
    await process(there).writer.append([draft(8)], DOCUMENTS);
    here.stored.set("noted.json", there.stored.get("noted.json") ?? new Uint8Array(0));
    await refused(here, "FORKED");
  });
});

type Pending = Readonly<Record<string, unknown>>;

function rewritten({ stored }: Machine, edit: (pending: Pending) => Pending): void {
  const text = Buffer.from(stored.get("pending.json") ?? []).toString();
  const pending = edit(JSON.parse(text) as Pending);
  stored.set("pending.json", Buffer.from(JSON.stringify(pending)));
}
