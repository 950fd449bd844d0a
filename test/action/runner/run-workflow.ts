import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse } from "yaml";
import type { JobPermissions } from "../../embedded-github/acts/job-tokens.ts";
import type { Fixture } from "../../embedded-github/fixture.ts";
import { checkout, emptyWorkspace, jobToken } from "../change-in-github.ts";
import { runStep, type Step, type StepResult } from "./run-step.ts";

/** What starts a workflow, and what its repository's settings hold. */
export interface Start {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sha: string;
  readonly ref: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Rights that the platform takes from a job's token, as from a fork's. */
  readonly readOnly?: boolean;
}

interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, Filter | null>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Filter {
  readonly branches?: readonly string[];
}

interface Job {
  readonly if?: string;
  readonly permissions: JobPermissions;
  readonly steps: readonly WrittenStep[];
}

interface WrittenStep {
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/**
 * Runs a workflow of one job whose steps check out and judge, as a user would have it. Null where
 * its job's condition does not hold; throws where the event does not start it.
 */
export async function runWorkflow(
  fixture: Fixture,
  text: string,
  start: Start,
): Promise<StepResult | null> {
  const { on, jobs } = parse(text) as Workflow;
  refuseOther(on, start);
  const [job] = Object.values(jobs);
  if (job === undefined) throw new Error("the workflow has no job");
  const evaluate = evaluatorOf(start);
  if (job.if !== undefined && !evaluate(job.if)) return null;
  let workspace = await emptyWorkspace();
  let result: StepResult | null = null;
  for (const { uses, with: given = {} } of job.steps) {
    const inputs = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, filled(String(value), evaluate)]),
    );
    if (uses.startsWith("actions/checkout@")) {
      const depth = inputs["fetch-depth"] === "0" ? "deep" : "shallow";
      workspace = await checkout(fixture, inputs["ref"] ?? start.ref, depth);
    } else if (uses === "OWNER/bailiff@COMMIT") {
      result = await runStep(stepOf(fixture, start, { job, inputs, workspace: workspace.folder }));
    } else throw new Error(`nobody runs ${uses} here`);
  }
  return result;
}

function refuseOther(on: Workflow["on"], { event, ref }: Start): void {
  const filters = typeof on === "string" ? { [on]: null } : Array.isArray(on) ? null : on;
  const names = filters === null ? (on as readonly string[]) : Object.keys(filters);
  const branches = (filters as Record<string, Filter | null> | null)?.[event]?.branches;
  const isOurs = branches === undefined || branches.some((name) => ref === `refs/heads/${name}`);
  if (!names.includes(event) || !isOurs) throw new Error(`${event} on ${ref} starts no run of it`);
}

function stepOf(
  fixture: Fixture,
  start: Start,
  { job, inputs, workspace }: { job: Job; inputs: Record<string, string>; workspace: string },
): Step {
  const { id, owner, name } = fixture.repository;
  const lowered = Object.keys(job.permissions).map((each) => [each, "read"] as const);
  const permissions = start.readOnly ? Object.fromEntries(lowered) : job.permissions;
  return {
    ...{ event: start.event, payload: start.payload, sha: start.sha, ref: start.ref },
    repository: { id, fullName: `${owner}/${name}` },
    workspace,
    serverUrl: fixture.github.url,
    token: jobToken(fixture, permissions),
    with: inputs,
  };
}

type Evaluate = (expression: string) => string;

/** `${{ secrets.KEY }}` → what the secret holds; "" for what is not there. */
function filled(text: string, evaluate: Evaluate): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_whole, expression: string) => evaluate(expression));
}

function evaluatorOf({ payload, secrets = {}, vars = {}, readOnly = false }: Start): Evaluate {
  const known = { github: { event: payload }, secrets: readOnly ? {} : secrets, vars };
  const context = JSON.parse(JSON.stringify(known), data.reviver) as data.Dictionary;
  return (text) => {
    const { tokens } = new Lexer(text.trim()).lex();
    const tree = new Parser(tokens, Object.keys(known), []).parse();
    const value = new Evaluator(tree, context).evaluate();
    return value.kind === data.Kind.Boolean && !value.value ? "" : value.coerceString();
  };
}
