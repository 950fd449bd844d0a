import { type Act, currentSuite, declareSuite, declareTest } from "./declared.ts";
import { finishLater } from "./run-tests.ts";

/** What test files of the two rooms import from `vitest`, declared here; `expect` is vitest's own. */
export { expect } from "vitest";

// Some of its matchers look there for the configuration of the worker that they run in.
(globalThis as Record<string, unknown>)["__vitest_worker__"] ??= { config: {} };

type Declare = (title: string, isSkipped: boolean, act: Act) => void;

export const test = declarer(declareTest);
export const describe = declarer(declareSuite);

export const beforeAll = (act: Act) => currentSuite().beforeAll.push(act);
export const afterAll = (act: Act) => currentSuite().afterAll.push(act);
export const beforeEach = (act: Act) => currentSuite().beforeEach.push(act);
export const afterEach = (act: Act) => currentSuite().afterEach.push(act);
export const onTestFinished = finishLater;

/** `test(title, act)`, `test.each(rows)(title, act)`, `test.skipIf(condition)(title, act)`, `runIf`. */
function declarer(declare: Declare, isSkipped = false) {
  const one = (title: string, act: Act) => {
    declare(title, isSkipped, act);
  };
  const each = (rows: readonly unknown[]) => (title: string, act: Act) => {
    for (const [at, row] of rows.entries()) {
      const args: readonly unknown[] = Array.isArray(row) ? row : [row];
      declare(`${title} [${at}]`, isSkipped, () => act(...args));
    }
  };
  const skipIf = (condition: unknown) => declarer(declare, isSkipped || Boolean(condition));
  const runIf = (condition: unknown) => skipIf(!condition);
  return Object.assign(one, { each, skipIf, runIf });
}
