import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { firstOfEach } from "../first-of-each.ts";
import { NotUnderstood } from "../not-understood.ts";
import { linesOfRows, type DataScalar } from "../data/data-node.ts";
import { wayTo } from "../reach.ts";
import { addressIn } from "../shell/address.ts";
import { type RemoteRun, runsOf } from "./remote-runs.ts";
import { sourceAt } from "./remote-sources.ts";
import { stepCapability, type StepScope } from "./scope.ts";
import type { Step } from "./step.ts";
import { scriptsOf } from "./step-script.ts";

export const REMOTE_SCRIPT_KIND = "github.step.remote-script";

/** Weakest first: `pinned` by a commit's SHA in the URL, or checked before it is run. */
export const REMOTE_SCRIPT_LEVELS = ["pinned", "mutable"];

/** How many sources one step may run from. */
const MAX_SOURCES = 100;

/**
 * Scripts that a step downloads and runs, or runs from encoded text (heuristic): one capability a
 * source, at the line where it is run first.
 *
 * The name is the host, with owner and repository on GitHub's own, or `encoded text`. Where the name
 * does not say what is run, other words that fetch it are a raise. Throws `NotUnderstood` for a
 * step with more than a hundred sources.
 */
export function readRemoteScripts(scope: StepScope): Capability[] {
  return scope.steps.flatMap((step) => {
    const { run } = step;
    if (!run) return [];
    const runs = [...scriptsOf(scope, step).flatMap(runsOf), ...pythonRuns(run)];
    const distinct = firstOfEach(runs, ({ source, content }) =>
      [source.level, source.name, content].join(" "),
    );
    refuseTooMany(distinct, run);
    return distinct.map((found) => capabilityOf(scope, step, run, found));
  });
}

function refuseTooMany(runs: readonly RemoteRun[], run: DataScalar): void {
  if (runs.length <= MAX_SOURCES) return;
  throw new NotUnderstood("too-many-sources", `scripts of more than ${MAX_SOURCES} sources`, run);
}

function capabilityOf(
  scope: StepScope,
  step: Step,
  run: DataScalar,
  { source, row, content }: RemoteRun,
): Capability {
  const lines = linesOfRows(run, row);
  return stepCapability(scope, step, {
    kind: REMOTE_SCRIPT_KIND,
    name: source.name,
    level: source.level,
    ...lines,
    certainty: "heuristic",
    ...(content !== "" && { does: [wayTo(`script:${content}`, lines.line)] }),
  });
}

// `python -c "exec(urlopen('https://…').read())"`, in a text of its own or as one of a shell's.
function pythonRuns({ text }: DataScalar): RemoteRun[] {
  const fetched = /\b(?:urlopen|urlretrieve|requests\.get)\s*\(/.exec(text);
  if (!fetched || !/\b(?:exec|eval|os\.system|subprocess\.\w+)\s*\(/.test(text)) return [];
  const row = text.slice(0, fetched.index).split("\n").length - 1;
  const line = text.slice(fetched.index, text.indexOf("\n", fetched.index) >>> 0);
  const source = sourceAt(addressIn(line) ?? addressIn(text), 0);
  return [{ source, row, content: source.commands ? contentDigest(text) : "" }];
}
