import { expect, test } from "vitest";
import { checkout, takenBy } from "./taken.ts";

const HEAD = "${{ github.head_ref }}";

test.each([
  [{ A: HEAD }, "${{ env.A }}"],
  [{ A: HEAD }, "${{ toJSON(env) }}"],
  [{ A: "${{ github.event.comment.body }}" }, "${{ env.A }}"],
  [{ A: HEAD, B: "${{ env.A }}" }, "${{ env.B }}"],
  [{ A: HEAD, B: "${{ toJSON(env) }}" }, "${{ env.B }}"],
])("with the env %j, wherever it stands, a checkout of %s takes a head", (env, ref) => {
  expect(takenBy([checkout(ref)], { env })).toEqual(["checkout exact"]);
  expect(takenBy([checkout(ref)], { job: { env } })).toEqual(["checkout exact"]);
  expect(takenBy([{ ...checkout(ref), env }])).toEqual(["checkout exact"]);
});

test.each([
  [{ A: "main" }, "${{ env.A }}"],
  [{ A: "main" }, "${{ toJSON(env) }}"],
  [{ A: HEAD, B: "main" }, "${{ env.B }}"],
  [{ A: [HEAD] }, "${{ env.A }}"],
  [{ A: { B: HEAD } }, "${{ env.A }}"],
  [{ ENV: HEAD, B: "${{ job.env }}" }, "${{ env.B }}"],
])("with the env %j, wherever it stands, a checkout of %s takes none", (env, ref) => {
  expect(takenBy([checkout(ref)], { env })).toEqual([]);
  expect(takenBy([checkout(ref)], { job: { env } })).toEqual([]);
  expect(takenBy([{ ...checkout(ref), env }])).toEqual([]);
});

test("only the matrix has what the matrix has", () => {
  const job = { strategy: { matrix: { r: ["refs/pull/7/head"] } } };
  expect(takenBy([checkout("${{ matrix.r }}")], { job })).toEqual(["checkout exact"]);
  expect(takenBy([checkout("${{ vars.r }}")], { job })).toEqual([]);
});

const LEAVES_OUTPUT = { id: "q", run: 'echo "v=$GITHUB_HEAD_REF" >> $GITHUB_OUTPUT' };
const LEAVES_VARIABLE = { run: 'echo "V=$GITHUB_HEAD_REF" >> $GITHUB_ENV' };

test.each([["${{ toJSON(steps) }}"], ["${{ steps[vars.ID].outputs.v }}"]])(
  "a checkout of %s takes a head where some step left one",
  (ref) => {
    expect(takenBy([LEAVES_OUTPUT, checkout(ref)])).toEqual(["checkout heuristic"]);
    expect(takenBy([{ id: "q", run: "make" }, checkout(ref)])).toEqual([]);
    expect(takenBy([LEAVES_VARIABLE, checkout(ref)])).toEqual([]);
  },
);

test("a variable that is surely a head stays one where a step may set it to another", () => {
  const steps = [LEAVES_VARIABLE, checkout("${{ env.V }}")];
  expect(takenBy(steps)).toEqual(["checkout heuristic"]);
  expect(takenBy(steps, { env: { V: HEAD } })).toEqual(["checkout exact"]);
});

test("an input that is no text hands no head on", () => {
  const before = { id: "q", uses: "octo/echo@v1", with: { v: [HEAD] } };
  expect(takenBy([before, checkout("${{ steps.q.outputs.v }}")])).toEqual([]);
});

test.each([
  ['{ echo "V=$GITHUB_HEAD_REF"\n} >> $GITHUB_ENV\necho "X=1" >> $GITHUB_ENV', true],
  ['{ echo "W=$GITHUB_HEAD_REF"\n} >> $GITHUB_ENV', false],
  ['V=$GITHUB_HEAD_REF\necho "X=$V" >> $GITHUB_ENV', false],
])("the script %j leaves a head in V: %s", (run, isLeft) => {
  expect(takenBy([{ run }, checkout("${{ env.V }}")])).toHaveLength(isLeft ? 1 : 0);
});

const script = (text: string): object => ({
  uses: "actions/github-script@v7",
  with: { script: text },
});

test.each([
  [{ run: 'echo "REF=$GITHUB_HEAD_REF" >> $GITHUB_ENV' }],
  [{ run: 'echo "REF<<END\n$GITHUB_HEAD_REF\nEND" >> $GITHUB_ENV' }],
  [{ run: 'echo "::set-env name=REF::$GITHUB_HEAD_REF"' }],
  [script('core.exportVariable("REF", context.payload.pull_request.head.sha)')],
  [script("core.exportVariable( 'REF', context.payload.pull_request.head.sha)")],
  [script("core.exportVariable(`REF`, context.payload.pull_request.head.sha)")],
  [script("core.exportVariable(name, context.payload.pull_request.head.sha)"), true],
])(
  "the step %j leaves a head in REF, and in any variable only where it does not say which",
  (step, isAny = false) => {
    expect(takenBy([step, checkout("${{ env.REF }}")])).toEqual(["checkout heuristic"]);
    expect(takenBy([step, checkout("${{ env.OTHER }}")])).toHaveLength(isAny ? 1 : 0);
  },
);
