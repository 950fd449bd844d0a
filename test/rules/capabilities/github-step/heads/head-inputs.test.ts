import { expect, test } from "vitest";
import {
  type HeadInputs,
  headInputs,
  type Searched,
} from "../../../../../rules/capabilities/github-step/heads/head-inputs.ts";
import { stepScopesOf } from "../../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { workflowOf } from "../../github-workflow/read-workflow.ts";
import { jobWith } from "../granted.ts";

const REF_AND_REPOSITORY = new Map([
  ["ref", "ref"],
  ["repository", "repository"],
] as const);

/** What is found in the `with` of a job's only step, by default as of a checkout. */
function found(inputs: unknown, names: Searched["names"] = REF_AND_REPOSITORY): HeadInputs | null {
  const job = jobWith(`steps:\n  - with: ${JSON.stringify(inputs)}`);
  const [scope] = stepScopesOf(workflowOf(job));
  const [step] = scope?.steps ?? [];
  if (!scope || !step) throw new Error("no step");
  return headInputs(scope, { step, inputs: step.inputs, names });
}

/** As `found`, in inputs of any name. */
function foundInAny(texts: readonly string[]): HeadInputs | null {
  return found(Object.fromEntries(texts.map((text, at) => [`input-${at}`, text])), null);
}

const HEAD = "refs/pull/7/head";

test.each([
  { ref: HEAD, repository: "octo/x", certainty: "exact" },
  { ref: "${{ steps.pr.outputs.head_ref }}", repository: "octo/x", certainty: "heuristic" },
  { ref: HEAD, repository: "${{ steps.pr.outputs.head_repo }}", certainty: "exact" },
])("with $ref of $repository a head is $certainty", ({ ref, repository, certainty }) => {
  expect(found({ ref, repository })?.certainty).toBe(certainty);
});

test.each([
  { inputs: { ref: HEAD, path: "x" }, which: [HEAD] },
  { inputs: { ref: HEAD, repository: "octo/x" }, which: [HEAD, "octo/x"] },
  { inputs: { ref: " ${{ github['Head_Ref'] }} " }, which: ["${{github.head_ref}}"] },
  { inputs: { ref: HEAD, repository: ["b", "a"] }, which: [HEAD, '["b","a"]'] },
])("what says which head is $which", ({ inputs, which }) => {
  expect(found(inputs)?.which).toEqual(which);
});

test.each([
  [{ ref: [HEAD] }],
  [{ ref: { ref: HEAD } }],
  [{ path: HEAD }],
  [`\${{ fromJSON('{"path":"${HEAD}"}') }}`],
  ["${{ fromJSON('[]') }}"],
  [{}],
])("no input of the name is a head's text: %j", (inputs) => {
  expect(found(inputs)).toBeNull();
});

test("of a map that an expression gives the input of the name counts", () => {
  const inputs = `\${{ fromJSON('{"path":"x","ref":"${HEAD}"}') }}`;
  expect(found(inputs)).toMatchObject({ certainty: "exact", line: 5, endLine: 5 });
});

test("a map of inputs that is too long to be spelled counts by its whole text", () => {
  const inputs = `\${{ fromJSON('{"ref":"${HEAD}","path":"${"x".repeat(500)}"}') }}`;
  expect(found(inputs)?.certainty).toBe("exact");
});

test("blanks around an open ref do not hide it", () => {
  expect(found({ ref: " refs/${{ vars.KIND }}/7/head " })?.certainty).toBe("heuristic");
});

/** An expression that only a run knows behind so many letters that the text has this length. */
function openText(length: number, name = "vars.a"): string {
  const expression = `\${{${name}}}`;
  return `${"x".repeat(length - expression.length)}${expression}`;
}

test.each([
  { what: "an open text as long as any ref", ref: openText(500), certainty: undefined },
  { what: "a longer one", ref: openText(501), certainty: "heuristic" },
  {
    what: "a longer one that is a head",
    ref: openText(501, "github.head_ref"),
    certainty: "exact",
  },
  { what: "a longer one without an expression", ref: "x".repeat(501), certainty: undefined },
])("$what is told as $certainty", ({ ref, certainty }) => {
  expect(found({ ref })?.certainty).toBe(certainty);
});

/** How many open texts of 498 characters, 500 as they are spelled, a job may have. */
const SPELT = 41;
const differing = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => openText(498, `vars.a${at + 10}`));

test("a job has so many texts spelled, and what comes behind them is a guess", () => {
  expect(foundInAny(differing(SPELT))).toBeNull();
  expect(foundInAny(differing(SPELT + 1))?.certainty).toBe("heuristic");
});

test("the same text counts once", () => {
  expect(foundInAny(Array.from({ length: SPELT + 1 }, () => openText(498)))).toBeNull();
});

test("a text counts by what it comes out as", () => {
  const texts = Array.from({ length: 60 }, (_, at) => `\${{ '${"x".repeat(480)}' && '${at}' }}`);
  expect(foundInAny(texts)).toBeNull();
});

test("what a map holds under a key that only a run knows may be any input", () => {
  const held = { "${{ vars.any }}": { ref: HEAD } };
  expect(found(held)).not.toBeNull();
  expect(found({ "${{ vars.any }}": { other: HEAD } })).toBeNull();
});
