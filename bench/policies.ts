import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChangeSource } from "../git/change-source.ts";
import { openRepository } from "../git/repository.ts";
import { localAction, resolveRange } from "../cli/local-action.ts";
import { localEvidence } from "../cli/local-evidence.ts";
import { buildFacts } from "../rules/facts/build.ts";
import type { Facts } from "../rules/facts/facts.ts";
import { evaluatePolicies } from "../rules/policy/evaluate-all.ts";
import { loadPolicies } from "../rules/policy/load.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { policySource } from "../rules/policy/policy-source.ts";
import { createFixtureRepository } from "../test/git/fixture-repository.ts";
import { BAILIFF, median, runMeasured } from "./measured-run.ts";
import { realisticWorkflow } from "./realistic-workflow.ts";

const RUNS = 5;
const POLICIES = 500;
const FILES = 3_000;
const WORKFLOWS = 300;

/** Many policies over a large change: evaluation in this process, and what it adds to a whole `check`. */
export async function benchPolicies(): Promise<void> {
  await using repository = await createFixtureRepository();
  const base = await repository.commit(filesOf("before"));
  const head = await repository.commit(filesOf("after"));
  await repository.git("repack", "-adq");

  const { one, many } = { one: policyFile(1), many: policyFile(POLICIES) };
  const facts = await factsOf(repository.directory, { base, head });
  console.log(`policies: ${POLICIES} over a change of ${FILES} files, ${RUNS} runs each`);
  tellEvaluation(facts, many);
  tellChecks({ directory: repository.directory, base, head }, { one, many });
}

/** Evaluation against writing the facts as JSON and reading them again, which walks all of them once. */
function tellEvaluation(facts: Facts, text: string): void {
  const load = (): PolicySet =>
    loadPolicies([policySource(new TextEncoder().encode(text), { path: "policies.yml" })], false);
  const { policies, problems } = load();
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  const [json, loading, evaluation] = [
    () => void JSON.parse(JSON.stringify(facts)),
    () => void load(),
    () => void evaluatePolicies(policies, facts),
  ].map((subject) => median(Array.from({ length: RUNS }, () => workMs(subject)))) as Three;
  const asked = policies.reduce((sum, { each }) => sum + itemsOf(each, facts), 0);
  console.log(
    `  in one process: load ${loading.toFixed(0)} ms of work, evaluate ${evaluation.toFixed(0)} ms, ` +
      `${((evaluation * 1_000_000) / asked).toFixed(0)} ns a policy and item; ` +
      `${(evaluation / json).toFixed(0)} times the facts as JSON and back (${json.toFixed(1)} ms)`,
  );
}

type Three = [number, number, number];

/** Milliseconds that this process worked: on a machine that others share they tell more than the clock. */
function workMs(subject: () => void): number {
  const before = process.cpuUsage();
  subject();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function itemsOf(each: string | null, facts: Facts): number {
  if (each === "files") return facts.change.files.length;
  if (each === "capabilities") return facts.capabilities.length;
  return each === null ? 1 : (facts.dependencies?.length ?? 0);
}

interface Range {
  readonly directory: string;
  readonly base: string;
  readonly head: string;
}

/** Whole checks of the built CLI, cold, by one policy and by many: they differ by what policies take. */
function tellChecks({ directory, base, head }: Range, files: Record<"one" | "many", string>): void {
  const folder = mkdtempSync(join(tmpdir(), "bailiff-bench-"));
  const checks = Object.entries(files).map(([name, text]) => {
    const path = join(folder, `${name}.yml`);
    writeFileSync(path, text);
    return ["check", "--repo", directory, "--base", base, "--head", head, "--policy", path];
  });
  const runs = checks.map(() => [] as number[]);
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, args] of checks.entries()) {
      runs[index]?.push(runMeasured(BAILIFF, [...args, "--format", "json"]).workSeconds);
    }
  }
  rmSync(folder, { recursive: true });
  const [one = Number.NaN, many = Number.NaN] = runs.map(median);
  console.log(
    `  check, cold: ${one.toFixed(2)} s of work by one policy, ${many.toFixed(2)} s by ${POLICIES}, ` +
      `${(many / one).toFixed(2)} times; policies take ${((100 * (many - one)) / many).toFixed(0)} %\n`,
  );
}

async function factsOf(directory: string, asked: { base: string; head: string }): Promise<Facts> {
  await using repository = await openRepository(directory);
  const range = await resolveRange(repository, asked);
  const action = localAction(range, { name: "bench", repositoryId: null, at: new Date(0) });
  const evidence = await localEvidence(openChangeSource({ repository }), action, []);
  return buildFacts({ ...evidence, policies: { policies: [] } });
}

function filesOf(state: "before" | "after"): Record<string, string> {
  const numbers = Array.from({ length: FILES }, (_, number) => number);
  return Object.fromEntries(
    numbers.map((n) =>
      n < WORKFLOWS
        ? [`.github/workflows/workflow-${n}.yml`, workflowOf(n, state)]
        : [
            `src/area-${n % 60}/part-${n % 7}/file-${n}.ts`,
            `// ${state}\nexport const n = ${n};\n`,
          ],
    ),
  );
}

/** Its jobs get one permission more, so that there are capabilities to walk. */
function workflowOf(number: number, state: "before" | "after"): string {
  const text = realisticWorkflow(2, `${state}-${number}`);
  return state === "before" ? text : text.replaceAll("contents: read", "contents: write");
}

/** Every fifth of each sort that people write: globs, statuses, sizes, capabilities, the change as a whole. */
function policyFile(count: number): string {
  const policies = Array.from(
    { length: count },
    (_, n) => `  - { id: policy-${n}, ${SORTS[n % SORTS.length]?.(n) ?? ""} }\n`,
  );
  return `version: 1\npolicies:\n${policies.join("")}`;
}

const SORTS: readonly ((n: number) => string)[] = [
  (n) =>
    `decision: WARN, each: files, match: { path: "src/area-${n % 60}/**/*.{ts,tsx}", status: added }`,
  (n) =>
    `decision: WARN, each: files, match: { path: { not: ["docs/**", "src/area-${n}/**"] }, headSize: { atLeast: ${1_000 + n} } }`,
  (n) =>
    `decision: WARN, each: capabilities, match: { delta: [added, raised], kind: "github.workflow.*", holder: "jobs.team-${n}*" }`,
  (n) => `decision: WARN, only: { change.filesCount: { atLeast: ${5_000 + n} } }`,
  (n) =>
    `decision: WARN, each: files, when: { and: [{ path: [{ var: item.path }, "**/part-${n % 7}/*"] }, { "===": [{ var: item.headMode }, "100755"] }] }`,
];
