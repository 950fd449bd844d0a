import { type MutantCoverage } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { globSync } from "node:fs";
import { NOT_FOR_MUTANTS } from "../parts.ts";
import { beginFile, type DeclaredTest, takeDeclared } from "./declared.ts";
import { type Generations, openGenerations } from "./generations.ts";
import { type Ran, runTests } from "./run-tests.ts";

/** What instrumented code looks at: which mutant is active, and where to count what was reached. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

const instrumented: Instrumented = ((globalThis as Record<string, unknown>)["__stryker__"] ??= {});

/** Instrumented code takes the active mutant from here in threads and processes that it starts. */
const INHERITED = "__STRYKER_ACTIVE_MUTANT__";

/** Runs the tests that `BAILIFF_MUTATION_TESTS` names, globs with blanks between, in Stryker's sandbox. */
class InProcessRunner implements TestRunner {
  readonly #files = testFiles();
  readonly #generations: Generations = openGenerations(process.cwd());
  /** Stryker wants a test's name for a file that did not load. */
  #someTest: string | undefined;
  /** Milliseconds of each file's last run that came to its end. */
  readonly #took = new Map<string, number>();
  /** Mutants that stand side by side are mostly killed by one file. */
  #lastKiller: string | undefined;

  capabilities() {
    return { reloadEnvironment: true };
  }

  dryRun(): Promise<DryRunResult> {
    instrumented.hitLimit = undefined;
    return this.#run({ files: this.#files, isWanted: () => true, bail: false, mutant: {} });
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, activeMutant, hitLimit, mutantActivation, disableBail } = options;
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const isWanted = (id: string) => wanted === null || wanted.has(id);
    const files = this.#files.filter(
      (file) => wanted === null || testFilter?.some((id) => fileOf(id) === file),
    );
    instrumented.hitCount = hitLimit === undefined ? undefined : 0;
    instrumented.hitLimit = hitLimit;
    const { id: inTests } = activeMutant;
    const mutant = { inTests, inLoading: mutantActivation === "static" ? inTests : undefined };
    const result = await this.#run({ files, isWanted, bail: !disableBail, mutant });
    const limit = determineHitLimitReached(instrumented.hitCount, instrumented.hitLimit);
    return toMutantRunResult(limit ?? result);
  }

  /** File by file until one kills: the last mutant's killer, then those that took least before. */
  async #run({ files, isWanted, bail, mutant }: Run): Promise<DryRunResult> {
    this.#generations.next();
    const ran: Ran[] = [];
    try {
      for (const file of files.toSorted((a, b) => this.#costOf(a) - this.#costOf(b))) {
        const begun = performance.now();
        activate(mutant.inLoading);
        const tests = await this.#load(file);
        activate(mutant.inTests);
        const wanted = tests.filter(({ id }) => isWanted(id));
        ran.push(...(await runTests(wanted, { bail, onTest })));
        if (bail && ran.some(({ status }) => status === "failed")) {
          this.#lastKiller = file;
          break;
        }
        this.#took.set(file, performance.now() - begun);
      }
    } catch (error) {
      return this.#neverLoaded(error);
    } finally {
      activate(undefined);
    }
    this.#someTest ??= ran[0]?.id;
    const { mutantCoverage } = instrumented;
    return {
      status: DryRunStatus.Complete,
      tests: ran.map(resultOf),
      ...(mutantCoverage !== undefined && { mutantCoverage }),
    };
  }

  #costOf(file: string): number {
    return file === this.#lastKiller ? -1 : (this.#took.get(file) ?? 0);
  }

  async #load(file: string): Promise<readonly DeclaredTest[]> {
    takeDeclared();
    beginFile(file);
    await this.#generations.import(file);
    return takeDeclared();
  }

  /** Where a mutant keeps a test file from loading, its tests fail; where nothing is mutated, it is an error. */
  #neverLoaded(error: unknown): DryRunResult {
    const message = error instanceof Error ? error.message : String(error);
    if (this.#someTest === undefined || instrumented.activeMutant === undefined) {
      return { status: DryRunStatus.Error, errorMessage: message };
    }
    const failed = {
      id: this.#someTest,
      status: "failed",
      failure: message,
      timeSpentMs: 0,
    } as const;
    return { status: DryRunStatus.Complete, tests: [resultOf(failed)] };
  }
}

interface Run {
  readonly files: readonly string[];
  readonly isWanted: (id: string) => boolean;
  readonly bail: boolean;
  /** Which mutant (id) is active while test files load, and while tests run. */
  readonly mutant: { readonly inLoading?: string | undefined; readonly inTests?: string };
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner),
];

function testFiles(): readonly string[] {
  const globs = (process.env["BAILIFF_MUTATION_TESTS"] ?? "").split(" ");
  return globSync(globs, { exclude: [...NOT_FOR_MUTANTS] }).toSorted();
}

function onTest(id: string | undefined): void {
  instrumented.currentTestId = id;
}

function activate(id: string | undefined): void {
  instrumented.activeMutant = id;
  if (id === undefined) Reflect.deleteProperty(process.env, INHERITED);
  else process.env[INHERITED] = id;
}

function fileOf(testId: string): string {
  return testId.split(" › ", 1)[0] ?? "";
}

function resultOf({ id, status, failure, timeSpentMs }: Ran): TestResult {
  const known = { id, name: id, timeSpentMs };
  if (status === "failed") {
    return { ...known, status: TestStatus.Failed, failureMessage: failure };
  }
  return { ...known, status: status === "passed" ? TestStatus.Success : TestStatus.Skipped };
}
