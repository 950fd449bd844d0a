import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  beginFile,
  currentSuite,
  type DeclaredTest,
  takeDeclared,
} from "../../scripts/mutation/runner/declared.ts";
import { type Ran, runTests } from "../../scripts/mutation/runner/run-tests.ts";
import * as shim from "../../scripts/mutation/runner/vitest.ts";

/** Declares what a test file would. */
function declared(declare: () => void): readonly DeclaredTest[] {
  takeDeclared();
  beginFile("a.test.ts");
  declare();
  return takeDeclared();
}

function run(tests: readonly DeclaredTest[], bail = false): Promise<readonly Ran[]> {
  return runTests(tests, { bail, onTest: () => undefined });
}

test("every test has a name of its own, the same in every run", () => {
  const declare = () => {
    shim.test("plain", () => undefined);
    shim.test("plain", () => undefined);
    shim.describe("a suite", () => {
      shim.test.each([1, 2])("of %d", () => undefined);
    });
  };
  const names = declared(declare).map(({ id }) => id);
  expect(names).toEqual([
    "a.test.ts › plain",
    "a.test.ts › plain #1",
    "a.test.ts › a suite › of %d [0]",
    "a.test.ts › a suite › of %d [1]",
  ]);
  expect(declared(declare).map(({ id }) => id)).toEqual(names);
});

test("rows are handed over: a list as arguments, anything else as one", async () => {
  const taken: unknown[][] = [];
  const take = (...args: readonly unknown[]) => taken.push([...args]);
  const tests = declared(() => {
    shim.test.each([["a", "b"], [["c"]]])("lists", take);
    shim.test.each([{ d: 1 }])("objects", take);
  });
  await run(tests);
  expect(taken).toEqual([["a", "b"], [["c"]], [{ d: 1 }]]);
});

test("hooks run around their suite and its tests, outermost first and last", async () => {
  const told: string[] = [];
  const tell = (what: string) => () => told.push(what);
  const tests = declared(() => {
    shim.beforeEach(tell("before each"));
    shim.describe("inner", () => {
      shim.beforeAll(tell("enter"));
      shim.afterAll(tell("leave"));
      shim.afterEach(tell("after each"));
      shim.test("one", () => {
        shim.onTestFinished(tell("finished"));
        told.push("one");
      });
      shim.test("two", tell("two"));
    });
    shim.test("three", tell("three"));
  });
  await run(tests);
  expect(told.join(", ")).toBe(
    "enter, before each, one, after each, finished, before each, two, after each, leave, before each, three",
  );
});

test.each([
  {
    when: "throws",
    act: () => {
      throw new Error("no");
    },
  },
  { when: "rejects", act: () => Promise.reject(new Error("no")) },
  {
    when: "leaves a rejection that nobody waits for",
    act: async () => {
      void Promise.reject(new Error("no"));
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  },
])("a test that $when fails, and ends the run where that is asked", async ({ act }) => {
  const declare = () => {
    shim.test("bad", act);
    shim.test("good", () => undefined);
  };
  expect((await run(declared(declare))).map(({ status }) => status)).toEqual(["failed", "passed"]);
  expect((await run(declared(declare), true)).map(({ status }) => status)).toEqual(["failed"]);
});

test("what is skipped does not run, whole suites included", async () => {
  const fail = () => {
    throw new Error("ran");
  };
  const tests = declared(() => {
    shim.test.skipIf(true)("one", fail);
    shim.test.skipIf(false)("two", () => undefined);
    shim.test.runIf(false)("never", fail);
    shim.describe.skipIf(true)("suite", () => {
      shim.test("three", fail);
    });
  });
  expect((await run(tests)).map(({ status }) => status)).toEqual([
    "skipped",
    "passed",
    "skipped",
    "skipped",
  ]);
});

test("a file begins outside of every suite", () => {
  declared(() => {
    shim.describe("left open by an error", () => {
      beginFile("b.test.ts");
    });
    beginFile("c.test.ts");
  });
  expect(currentSuite()).toMatchObject({ title: "c.test.ts", parent: null });
});

const GENERATIONS = new URL("../../scripts/mutation/runner/generations.ts", import.meta.url).href;

/** vitest loads modules in its own way: what Node does is seen in a process of its own. */
test("each generation of modules begins anew, within it they are one", async () => {
  const root = await mkdtemp(join(tmpdir(), "bailiff-generations-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const module = (letter: string) =>
    `import { seen } from "./state.ts";\nseen.push("${letter}" as string);\nexport { seen };\n`;
  await writeFile(join(root, "state.ts"), "export const seen: string[] = [];\n");
  await writeFile(join(root, "a.ts"), module("a"));
  await writeFile(join(root, "b.ts"), module("b"));
  const driver = `
    const { openGenerations } = await import(${JSON.stringify(GENERATIONS)});
    const generations = openGenerations(${JSON.stringify(root)});
    for (let left = 2; left > 0; left -= 1) {
      generations.next();
      await generations.import("a.ts");
      console.log((await generations.import("b.ts")).seen.join(""));
    }`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", driver]);
  expect(stdout.toString()).toBe("ab\nab\n");
});
