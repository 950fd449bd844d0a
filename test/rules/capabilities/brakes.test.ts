import { expect, test } from "vitest";
import { type Brakes, losesBrake } from "../../../rules/capabilities/brakes.ts";
import { diffOf, shown } from "./changes.ts";

const CI = ".github/workflows/ci.yml";
const T = "${{ secrets.T }}";

interface JobText {
  readonly auth?: string;
  readonly job?: string;
  readonly check?: string;
  readonly step?: string;
}

/** A job `auth`, and `a`, which writes, checks who asks, and hands a secret to its last step. */
function workflow({ auth = "", job = "", check = "", step = "" }: JobText, on = "issue_comment") {
  return {
    [CI]: [
      `on: ${on}`,
      "permissions: {}",
      "jobs:",
      `  auth: {steps: [{run: ./is-owner}]${auth}}`,
      `  a: {permissions: {contents: write}, steps: [{run: ./may-they${check}}, {run: make}, {run: deploy, env: {T: "${T}"}${step}}]${job}}`,
      "",
    ].join("\n"),
  };
}

/** What is raised in the job `a` where its text changes so, by name. */
function raised(base: JobText, head: JobText, on?: string): string[] {
  const facts = diffOf(workflow(base, on), workflow(head, on));
  return facts.filter(({ delta }) => delta === "raised").map(({ name }) => name);
}

const needs = ", needs: auth";
const given = (text: string): string => `, if: "${text}"`;

test.each([
  { base: "", head: "always()" },
  { base: "", head: "!cancelled()" },
  { base: "", head: "${{ success() || failure() }}" },
  { base: "", head: "x ${{ always() }}" },
  { base: "needs.auth.outputs.v", head: "needs.auth.outputs.v && always()" },
  { base: "success()", head: "Always()" },
  { base: "always() && needs.auth.result == 'success'", head: "always()" },
  { base: "", head: "always() && needs.other.result == 'success'" },
  { base: "", head: "always() && needs.auth.result != 'failure'" },
])(
  "an if that takes back success() is raised before outsiders: $base, then $head",
  ({ base, head }) => {
    const [before, after] = [base === "" ? "" : given(base), given(head)];
    expect(raised({ job: needs + before }, { job: needs + after })).toEqual(["contents", "T"]);
    expect(raised({ job: needs + before }, { job: needs + after }, "push")).toEqual([]);
  },
);

test.each([
  { what: "an if that holds always", base: "", head: given("always()") },
  { what: "an if that no failure stops", base: "", head: given("!cancelled()") },
  { what: "an if for failures", base: given("success()"), head: given("failure()") },
])("an if of a step that takes back success() is raised before outsiders: $what", (each) => {
  expect(raised({ step: each.base }, { step: each.head })).toEqual(["T"]);
  expect(raised({ step: each.base }, { step: each.head }, "push")).toEqual([]);
});

test.each([
  { what: "needs that go", base: { job: needs }, head: {} },
  { what: "needs of another job", base: { job: needs }, head: { job: ", needs: a" } },
  {
    what: "a job whose failure counts no more",
    base: { job: needs },
    head: { job: needs, auth: ", continue-on-error: true" },
  },
])("a job that no longer waits for another is raised: $what", ({ base, head }) => {
  expect(raised(base, head)).toEqual(["contents", "T"]);
  expect(raised(base, head, "push")).toEqual([]);
});

test.each(["true", "${{ inputs.lenient }}"])(
  "a job that goes on where its step fails is raised: %s",
  (value) => {
    const check = `, continue-on-error: "${value}"`;
    expect(raised({}, { check })).toEqual(["contents", "T"]);
    expect(raised({}, { check }, "push")).toEqual([]);
  },
);

test.each<{ what: string; base: JobText; head: JobText }>([
  { what: "success() that is written out", base: {}, head: { step: given("success()") } },
  { what: "success() that is left out", base: { step: given("success()") }, head: {} },
  { what: "always() that goes", base: { step: given("always()") }, head: {} },
  { what: "always() of a job that waits for none", base: {}, head: { job: given("always()") } },
  {
    what: "always() of a job that goes",
    base: { job: needs + given("always()") },
    head: { job: needs },
  },
  {
    what: "success of the job that is asked for by name",
    base: { job: needs },
    head: { job: needs + given("always() && needs.auth.result == 'success'") },
  },
  { what: "needs in other letters", base: { job: needs }, head: { job: ", needs: [AUTH]" } },
  { what: "needs that come", base: {}, head: { job: needs } },
  {
    what: "a step whose failure counts again",
    base: { check: ", continue-on-error: true" },
    head: {},
  },
  { what: "what counts anyhow", base: {}, head: { check: ", continue-on-error: false" } },
  {
    what: "the last step, behind which nothing stands",
    base: {},
    head: { step: ", continue-on-error: true" },
  },
  {
    what: "a needed job that is edited",
    base: { job: needs },
    head: { job: needs, auth: ", name: x" },
  },
])("nothing is raised by $what", ({ base, head }) => {
  expect(raised(base, head)).toEqual([]);
});

const FORGIVEN = "{run: a, continue-on-error: true}";

function steps(...list: string[]): Record<string, string> {
  return {
    [CI]: `on: issues\njobs: {a: {permissions: {contents: write}, steps: [${list.join(", ")}]}}\n`,
  };
}

test.each([
  {
    what: "before another one",
    base: ["{run: a}", FORGIVEN, "{run: b}"],
    head: ["{run: a}", FORGIVEN, "{run: b}", "{run: c}"],
  },
  {
    what: "that is the last no more",
    base: ["{run: a}", FORGIVEN],
    head: ["{run: a}", FORGIVEN, "{run: c}"],
  },
])("equal steps lose nothing of which one is forgiven on both sides, $what", ({ base, head }) => {
  expect(diffOf(steps(...base), steps(...head)).map(shown)).toEqual([]);
});

test.each([
  { what: "the first", head: [FORGIVEN, "{run: a}", "{run: b}"] },
  { what: "the second", head: ["{run: a}", FORGIVEN, "{run: b}"] },
])("of equal steps each is a brake: $what is forgiven", ({ head }) => {
  const found = diffOf(steps("{run: a}", "{run: a}", "{run: b}"), steps(...head)).map(shown);
  expect(found).toContain("raised jobs.a contents write→write ci.yml:2");
});

const NONE: Brakes = { jobs: new Map(), stopping: new Set(), forgiven: new Set() };

test.each<{ what: string; base?: Brakes; loses: boolean }>([
  { what: "that waited for a job", base: { ...NONE, jobs: new Map([["a", "x"]]) }, loses: true },
  { what: "that waited for none", base: NONE, loses: false },
  { what: "that had none either", loses: false },
])("a way without brakes loses those of one $what: $loses", ({ base, loses }) => {
  expect(losesBrake(undefined, base)).toBe(loses);
});

test("a job that is needed and renamed is the same", () => {
  const text = (id: string): Record<string, string> => ({
    [CI]: `on: issues\njobs:\n  ${id}: {steps: [{run: x}]}\n  a: {permissions: {contents: write}, needs: ${id}, steps: [{run: a}]}\n`,
  });
  expect(diffOf(text("auth"), text("gate")).map(shown)).toEqual([]);
});
