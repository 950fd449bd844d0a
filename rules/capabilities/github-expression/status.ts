import { onceForEach } from "../once-for-each.ts";
import type { DataEntry } from "../data/data-node.ts";
import { showExpression } from "./canonical-expression.ts";
import { bareCondition } from "./conditions.ts";
import { asksForStatus } from "./conjuncts.ts";
import { embeddedIn } from "./embedded.ts";
import { parseExpression } from "./parse-expression.ts";

/** What an `if` still asks of what ran before. */
export interface AskedSuccess {
  /** That all of it succeeded, as GitHub adds where no status function is in it. */
  readonly ofAll: boolean;
  /** Else the jobs of which it asks that by name, in lower case. */
  readonly ofJobs: ReadonlySet<string>;
}

/**
 * What an `if` asks of what ran before. `always()`, `cancelled()` and `failure()` take back the
 * `success()` that is implied, wherever in it they stand; `needs.x.result == 'success'` asks for
 * it again of one job.
 *
 * Source: docs.github.com, "Evaluate expressions in workflows and actions", status check functions.
 */
export function successAskedBy(condition: DataEntry | undefined): AskedSuccess {
  return condition ? successIn(condition) : ALL;
}

const ALL: AskedSuccess = { ofAll: true, ofJobs: new Set() };

const successIn = onceForEach(({ value }: DataEntry): AskedSuccess => {
  if (value.type !== "scalar" || !textsIn(value.text).some(takesBack)) return ALL;
  const conjuncts = conjunctsIn(bareCondition(value.text));
  const jobs = conjuncts.flatMap((conjunct) => JOB_SUCCEEDED.exec(conjunct)?.[1] ?? []);
  return { ofAll: conjuncts.includes("success()"), ofJobs: new Set(jobs) };
});

const JOB_SUCCEEDED = /^needs\.([\w-]+)\.result == 'success'$/;

// `a`, `${{ a }}`, and also what holds always: `x ${{ a }}`
function textsIn(text: string): readonly string[] {
  const embedded = embeddedIn(text);
  return embedded.length > 0 ? embedded.map(({ inner }) => inner) : [text];
}

function takesBack(text: string): boolean {
  const expression = parseExpression(text);
  return expression ? asksForStatus(expression) : /\b(?:always|cancelled|failure)\b/i.test(text);
}

function conjunctsIn(text: string): readonly string[] {
  const expression = parseExpression(text);
  if (!expression) return [];
  const operands = expression.type === "all" ? expression.operands : [expression];
  return operands.map(showExpression);
}
