import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { DataEntry, DataScalar } from "../data/data-node.ts";
import { artifactTaken } from "./heads/artifact-downloads.ts";
import { entranceOf } from "./heads/events-let-in.ts";
import { respell } from "./expression-text.ts";
import { gitTaken } from "./heads/git-checkouts.ts";
import { headInputs } from "./heads/head-inputs.ts";
import { actionOf } from "./inputs.ts";
import { stepCapability, type StepScope } from "./scope.ts";
import { openEntriesOf, type Step } from "./step.ts";
import type { Taken } from "./heads/taken.ts";

export const CHECKOUT_KIND = "github.step.untrusted-code";

/**
 * A pull request's code or artifacts, taken where outsiders start the run with the repository's
 * token and secrets (`privileged`), or where a caller may let them (`called`): by `checkout` of a
 * head or of what a text of outsiders names, as an `artifact` of another run, or by `git` in a script (heuristic). A head that is handed
 * to a workflow or action of the repository itself counts as a checkout (heuristic).
 *
 * Source: securitylab.github.com, "Keeping your GitHub Actions and workflows secure", part 1.
 */
export function readCheckouts(scope: StepScope): Capability[] {
  return [...scope.steps.flatMap((step) => takenInStep(scope, step)), ...takenByCall(scope)];
}

function takenInStep(scope: StepScope, step: Step): Capability[] {
  const level = entranceOf(scope, step.condition);
  if (!level) return [];
  const { uses, inputs } = step;
  const taken = [
    checkoutTaken(scope, step),
    handedOn(scope, { step, uses, inputs }),
    artifactTaken(scope, step),
    gitTaken(scope, step),
  ];
  return taken
    .filter((found) => found !== null)
    .map((found) => capabilityOf(scope, step, { ...found, level }));
}

function takenByCall(scope: StepScope): Capability[] {
  const level = scope.calls && entranceOf(scope, undefined);
  if (!level) return [];
  const inputs = openEntriesOf(scope.body, "with");
  const taken = handedOn(scope, { step: null, uses: scope.calls, inputs });
  return taken ? [capabilityOf(scope, null, { ...taken, level })] : [];
}

function capabilityOf(
  scope: StepScope,
  step: Step | null,
  { which, ...taken }: Taken & { readonly level: string },
): Capability {
  const cause = `code:${contentDigest(JSON.stringify(which))}`;
  return stepCapability(scope, step, {
    kind: CHECKOUT_KIND,
    ...taken,
    does: [wayTo(cause, taken.line)],
  });
}

// `uses: actions/checkout@v4` with `ref: ${{ github.event.pull_request.head.sha }}`
function checkoutTaken(scope: StepScope, step: Step): Taken | null {
  const action = actionOf(step);
  if (!/(?:^|[/-])checkout(?:$|[/-])/.test(action)) return null;
  const heads = headInputs(scope, { step, inputs: step.inputs, names: CHECKOUT_INPUTS });
  if (!heads) return null;
  const isExact = action === "actions/checkout" && heads.certainty === "exact";
  return { ...heads, name: "checkout", certainty: isExact ? "exact" : "heuristic" };
}

const CHECKOUT_INPUTS = new Map([
  ["ref", "ref"],
  ["repository", "repository"],
] as const);

interface Call {
  readonly step: Step | null;
  readonly uses: DataScalar | null;
  readonly inputs: readonly DataEntry[];
}

// `uses: ./.github/workflows/build.yml` with `ref: ${{ github.head_ref }}`
function handedOn(scope: StepScope, { step, uses, inputs }: Call): Taken | null {
  const path = uses ? respell(uses.text).trim() : "";
  if (!/^\.[\\/]/.test(path)) return null;
  const heads = headInputs(scope, { step, inputs, names: null });
  if (!heads) return null;
  const which = [path, ...heads.which];
  const context = `handed to ${printable(path)}`;
  return { ...heads, name: "checkout", which, context, certainty: "heuristic" };
}
