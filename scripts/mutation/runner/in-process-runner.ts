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

  capabilities() {
    return { reloadEnvironment: true };
  }

  dryRun(): Promise<DryRunResult> {
    activate(undefined);
    instrumented.hitLimit = undefined;
    return this.#run({ files: this.#files, isWanted: () => true, bail: false });
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
    activate(mutantActivation === "static" ? activeMutant.id : undefined);
    const onLoaded = () => {
      activate(activeMutant.id);
    };
    const result = await this.#run({ files, isWanted, bail: !disableBail, onLoaded });
    activate(undefined);
    const limit = determineHitLimitReached(instrumented.hitCount, instrumented.hitLimit);
    return toMutantRunResult(limit ?? result);
  }

  async #run({ files, isWanted, bail, onLoaded }: Run): Promise<DryRunResult> {
    this.#generations.next();
    let tests: readonly DeclaredTest[];
    try {
      tests = await this.#load(files);
    } catch (error) {
      return this.#neverLoaded(error);
    }
    onLoaded?.();
    const wanted = tests.filter(({ id }) => isWanted(id));
    const onTest = (id: string | undefined) => {
      instrumented.currentTestId = id;
    };
    const ran = await runTests(wanted, { bail, onTest });
    this.#someTest ??= ran[0]?.id;
    const { mutantCoverage } = instrumented;
    return {
      status: DryRunStatus.Complete,
      tests: ran.map(resultOf),
      ...(mutantCoverage !== undefined && { mutantCoverage }),
    };
  }

  async #load(files: readonly string[]): Promise<readonly DeclaredTest[]> {
    takeDeclared();
    for (const file of files) {
      beginFile(file);
      await this.#generations.import(file);
    }
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
  readonly onLoaded?: () => void;
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner),
];

function testFiles(): readonly string[] {
  const globs = (process.env["BAILIFF_MUTATION_TESTS"] ?? "").split(" ");
  return globSync(globs, { exclude: [...NOT_FOR_MUTANTS] }).toSorted();
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
