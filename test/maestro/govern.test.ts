import { describe, expect, test } from "vitest";
import { govern } from "../../maestro/govern.ts";
import { GitError } from "../../git/errors.ts";
import { action, fakePorts } from "./fake-ports.ts";

const refused = new GitError("FETCH_FAILED", "the server said no; ask again");

describe("one governed run", () => {
  test("concludes only after the record is durable", async () => {
    const { ports, story } = fakePorts();
    await govern(action, ports);
    expect(story).toEqual([
      ...["begin", "policies", "list", "observe", "read", "external", "digest"],
      ...["append", "conclude: ALLOW at 1"],
    ]);
  });

  test("without a ledger it concludes without a record, and hashes no files", async () => {
    const { ports, story } = fakePorts({}, false);
    const { record } = await govern(action, ports);
    expect(record).toBeNull();
    expect(story).not.toContain("digest");
    expect(story.at(-1)).toBe("conclude: ALLOW at no index");
  });

  test.each(["policies", "observe", "list", "external", "read", "digest", "append"])(
    "blocks the gate with the reason, and allows nothing, when %s fails",
    async (step) => {
      const { ports, story } = fakePorts({ [step]: refused });
      await expect(govern(action, ports)).rejects.toBe(refused);
      expect(story.at(-1)).toBe("fail: the server said no; ask again");
      expect(story.some((told) => told.startsWith("conclude"))).toBe(false);
    },
  );

  test("tells what went wrong first, also where the gate cannot be failed", async () => {
    const { ports } = fakePorts({ list: refused, fail: new Error("bad gateway") });
    await expect(govern(action, ports)).rejects.toBe(refused);
  });

  test("allows nothing where a ledger answers without a record", async () => {
    const { ports, story } = fakePorts();
    const append = () => Promise.resolve([]);
    const observe = () => Promise.resolve({ size: 1, root: "AAAA" });
    const silent = { observe, standing: () => Promise.resolve([]), append };
    await expect(govern(action, { ...ports, ledger: silent })).rejects.toThrow();
    expect(story.at(-1)).toMatch(/^fail: /);
    expect(story.some((told) => told.startsWith("conclude"))).toBe(false);
  });

  test("tells nothing of a defect of ours", async () => {
    const { ports, story } = fakePorts({ read: new TypeError("secret is not a function") });
    await expect(govern(action, ports)).rejects.toThrow(TypeError);
    expect(story.at(-1)).toMatch(/^fail: Bailiff failed/);
  });

  test("a gate that cannot begin is not failed: nobody has it", async () => {
    const { ports, story } = fakePorts({ begin: refused });
    await expect(govern(action, ports)).rejects.toBe(refused);
    expect(story).toEqual(["begin"]);
  });

  test("a conclusion that does not arrive is the host's to retry; the record stands", async () => {
    const { ports, story } = fakePorts({ conclude: refused });
    await expect(govern(action, ports)).rejects.toBe(refused);
    expect(story).toContain("append");
    expect(story.some((told) => told.startsWith("fail"))).toBe(false);
  });

  test("records the judged commit, every input that git does not hold, and the verdict", async () => {
    const { ports, drafts } = fakePorts();
    const { judgement } = await govern(action, ports);
    const [draft] = drafts;
    expect(draft).toMatchObject({
      kind: "verdict",
      subject: { commit: action.range.head, tree: "d".repeat(40) },
      observed: { size: 1, root: "AAAA" },
      predicate: {
        at: action.facts.at,
        action: { number: 42, attempt: null },
        change: { filesDigest: "f".repeat(64), mergeBase: action.range.base },
        verdict: judgement.verdict,
        factsDigest: judgement.factsDigest,
        external: { reviews: [], contributors: [], statuses: null },
        policies: [{ path: "bailiff:recommended@1", commit: null }],
      },
    });
  });
});
