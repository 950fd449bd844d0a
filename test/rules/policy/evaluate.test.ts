import { expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import {
  bo,
  cy,
  EARLIER,
  factsOf,
  policyOf,
  pullRequest,
  review,
  someCapability,
  someFile,
} from "../sample-evidence.ts";

const raised = factsOf({ capabilities: [someCapability] });
const everyGrant = "each: capabilities\nmatch: { delta: raised }";

test("a capability's reason stands at its lines, and its message shows the item", () => {
  const policy = policyOf(
    `${everyGrant}\nmessage: "{{item.holder}}: {{ item.name }} {{item.before}} → {{item.after}}"`,
  );
  expect(evaluatePolicy(policy, raised)).toEqual({
    policyId: "rule",
    document: policy.document,
    outcome: "fail",
    reasons: [
      {
        policyId: "rule",
        decision: "DENY",
        message: "jobs.release: contents read → write",
        path: ".github/workflows/release.yml",
        side: "head",
        line: 14,
        endLine: 14,
        remedy: "undo this part of the change: rule offers no other way",
        settledBy: [],
      },
    ],
  });
});

test.each([
  { status: "modified", side: "head" },
  { status: "removed", side: "base" },
] as const)("a file that is $status is pointed at on its $side", ({ status, side }) => {
  const policy = policyOf("each: files\nmatch: { path: '**' }");
  const [reason] = evaluatePolicy(policy, factsOf({}, [{ ...someFile, status }])).reasons;
  expect(reason).toMatchObject({ path: "src/a.ts", side, line: null, endLine: null });
});

test("a dependency is pointed at on its line", () => {
  const policy = policyOf("each: dependencies\nmatch: { source: { not: 'registry:*' } }");
  const dependency = {
    ...({
      ecosystem: "npm",
      name: "a",
      delta: "added",
      from: null,
      to: "1",
      direct: true,
    } as const),
    ...({
      source: "git:x",
      integrity: "absent",
      purl: "pkg:npm/a",
      path: "package.json",
      side: "head",
      line: 3,
    } as const),
  };
  const [reason] = evaluatePolicy(policy, factsOf({ dependencies: [dependency] })).reasons;
  expect(reason).toMatchObject({ path: "package.json", side: "head", line: 3, endLine: 3 });
});

test("a policy about the change as a whole has no place and its title as message", () => {
  const policy = policyOf("title: No releases today\nonly: { action.baseBranch: main }");
  const [reason] = evaluatePolicy(policy, raised).reasons;
  expect(reason).toMatchObject({
    message: "No releases today",
    path: null,
    side: null,
    line: null,
  });
});

test("values are data: placeholders in them are not filled", () => {
  const policy = policyOf(`${everyGrant}\nmessage: "{{item.name}}"`);
  const facts = factsOf({ capabilities: [{ ...someCapability, name: "{{action.title}}" }] });
  expect(evaluatePolicy(policy, facts).reasons[0]?.message).toBe("{{action.title}}");
});

test.each([
  { shows: "an absent value", message: "{{item.before}}", as: "none" },
  { shows: "a number", message: "{{item.line}}", as: "14" },
  { shows: "a flag of the document", message: "{{action.fork}}", as: "false" },
  { shows: "a list", message: "{{action.labels}}", as: "a, b" },
  { shows: "a fact of somebody unknown", message: "{{action.actor.login}}", as: "none" },
])("a message shows $shows as $as", ({ message, as }) => {
  const policy = policyOf(`${everyGrant}\nmessage: "${message}"`);
  const facts = factsOf({
    action: { ...pullRequest, labels: ["a", "b"], actor: null },
    capabilities: [{ ...someCapability, before: null }],
  });
  expect(evaluatePolicy(policy, facts).reasons[0]?.message).toBe(as);
});

test("a message and a remedy are cut at 1 KiB of UTF-8, between characters", () => {
  const policy = policyOf(`${everyGrant}\nmessage: "{{item.context}}"\nremedy: "{{item.context}}"`);
  const facts = factsOf({ capabilities: [{ ...someCapability, context: "😀".repeat(300) }] });
  const [reason] = evaluatePolicy(policy, facts).reasons;
  expect(reason?.message).toBe(`${"😀".repeat(255)}…`);
  expect(reason?.remedy).toBe(reason?.message);
});

const approved = "unless: { approved_by: { count: 1 } }";

test("an approval settles all reasons and is named in each", () => {
  const policy = policyOf(`${everyGrant}\n${approved}`);
  const facts = factsOf({
    capabilities: [someCapability, { ...someCapability, line: 20 }],
    reviews: [review(bo)],
  });
  const { outcome, reasons } = evaluatePolicy(policy, facts);
  expect(outcome).toBe("approved");
  expect(reasons.map(({ settledBy }) => settledBy.map(({ actor }) => actor))).toEqual([
    ["bo"],
    ["bo"],
  ]);
});

test("a policy that does not fire passes, approved or not", () => {
  const policy = policyOf(`${everyGrant}\n${approved}`);
  expect(evaluatePolicy(policy, factsOf({ reviews: [review(bo)] })).outcome).toBe("pass");
});

test("an unknown fact denies at the item, under the reserved id, and no approval settles it", () => {
  const policy = policyOf(`${everyGrant}\nonly: { action.headBranch: x }\n${approved}`);
  const facts: Facts = {
    ...raised,
    action: { ...pullRequest, headBranch: null },
    reviews: [review(bo)],
  };
  const { outcome, reasons } = evaluatePolicy(policy, facts);
  expect(outcome).toBe("error");
  expect(reasons).toMatchObject([
    { policyId: "bailiff/policy-error", decision: "DENY", line: 14, settledBy: [] },
  ]);
  expect(reasons[0]?.message).toContain("action.headBranch");
});

test("an item that does not match asks for no fact of only", () => {
  const policy = policyOf(
    "each: capabilities\nmatch: { delta: added }\nonly: { action.headBranch: x }",
  );
  const facts: Facts = { ...raised, action: { ...pullRequest, headBranch: null } };
  expect(evaluatePolicy(policy, facts).outcome).toBe("pass");
});

test.each([
  { what: "has an operator that there is not", condition: { surprise: 1 } },
  { what: "has a pattern that does not compile", condition: { name: ["a", "["] } },
])("a condition that $what denies under the reserved id", ({ condition }) => {
  const policy = { ...policyOf(everyGrant), condition };
  const { outcome, reasons } = evaluatePolicy(policy, raised);
  expect(outcome).toBe("error");
  expect(reasons).toMatchObject([{ policyId: "bailiff/policy-error", decision: "DENY" }]);
  expect(reasons[0]?.message).toContain("condition");
  expect(reasons[0]?.remedy).toContain("condition of the policy rule");
});

test("a list that this host does not know denies once, about the change as a whole", () => {
  const policy = policyOf(`each: dependencies\nmatch: { delta: added }\n${approved}`);
  const facts = factsOf({ dependencies: null, reviews: [review(bo)] });
  const { outcome, reasons } = evaluatePolicy(policy, facts);
  expect(outcome).toBe("error");
  expect(reasons).toMatchObject([
    { policyId: "bailiff/policy-error", decision: "DENY", path: null, line: null, settledBy: [] },
  ]);
  expect(reasons[0]?.message).toContain("dependencies");
  expect(reasons[0]?.remedy).toContain("dependencies");
});

test("a policy that fires for one item and cannot be asked of another is an error", () => {
  const policy = policyOf(`each: files\nmatch: { binary: true }\n${approved}`);
  const files = [
    { ...someFile, path: "z", binary: null },
    { ...someFile, path: "a", binary: true },
  ];
  const { outcome, reasons } = evaluatePolicy(policy, factsOf({ reviews: [review(bo)] }, files));
  expect(outcome).toBe("error");
  expect(reasons.map(({ path, policyId }) => [path, policyId])).toEqual([
    ["a", "rule"],
    ["z", "bailiff/policy-error"],
  ]);
});

test("fewer approvals than are asked for settle nothing", () => {
  const policy = policyOf(`${everyGrant}\nunless: { approved_by: { count: 2 } }`);
  const { outcome, reasons } = evaluatePolicy(policy, { ...raised, reviews: [review(bo)] });
  expect(outcome).toBe("fail");
  expect(reasons).toMatchObject([{ settledBy: [] }]);
});

test("a capability's reason runs to its last line", () => {
  const facts = factsOf({ capabilities: [{ ...someCapability, endLine: 16 }] });
  const [reason] = evaluatePolicy(policyOf(everyGrant), facts).reasons;
  expect(reason).toMatchObject({ line: 14, endLine: 16 });
});

test("people are asked for an approval although the author is unknown", () => {
  const policy = policyOf(`${everyGrant}\n${names("bo")}`);
  const facts = { ...raised, action: { ...pullRequest, author: null } };
  expect(evaluatePolicy(policy, facts).reasons[0]?.remedy).toContain("@bo");
});

const earlier = { commit: EARLIER };
const retargeted = { retargeted: true };
const unproven = { via: [] };
const names = (users: string, count = 1) =>
  `unless: { approved_by: { users: [${users}], count: ${count} } }`;

test.each([
  {
    lines: approved,
    reviews: [],
    remedy: "an approval of bbbbbbb by someone else who may write to the repository",
  },
  { lines: names("bo"), reviews: [], remedy: "an approval by @bo of bbbbbbb" },
  { lines: names("bo, cy, di"), reviews: [], remedy: "an approval by @bo, @cy or @di of bbbbbbb" },
  { lines: names("bo, cy", 2), reviews: [], remedy: "2 approvals by @bo or @cy of bbbbbbb" },
  {
    lines: names("bo, cy", 2),
    reviews: [review(bo)],
    remedy: "one more approval by @cy of bbbbbbb",
  },
  {
    lines: names("bo, cy, di", 3),
    reviews: [review(bo)],
    remedy: "2 more approvals by @cy or @di of bbbbbbb",
  },
  { lines: names("Ann, bo"), reviews: [], remedy: "an approval by @bo of bbbbbbb" },
  {
    lines: names("bo, cy"),
    reviews: [review(bo, "approved", earlier), review(cy, "commented", earlier)],
    remedy: "an approval by @bo or @cy of bbbbbbb (bo approved an earlier commit, eeeeeee)",
  },
  {
    lines: names("bo, cy"),
    reviews: [review(bo, "approved", retargeted)],
    remedy: "an approval by @bo or @cy of bbbbbbb (bo approved it for another base branch)",
  },
  {
    lines: names("bo, cy"),
    reviews: [
      review(bo, "approved", unproven),
      review(cy, "approved", { ...unproven, ...earlier }),
    ],
    remedy:
      "an approval by @bo or @cy of bbbbbbb (bo approved it, and is not known to have the right to write; cy approved an earlier commit, eeeeeee)",
  },
  {
    lines: approved,
    reviews: [review(bo, "approved", unproven)],
    remedy:
      "an approval of bbbbbbb by someone else who may write to the repository (bo approved it, and is not known to have the right to write)",
  },
  {
    lines: approved,
    reviews: [
      review(bo, "approved", { ...retargeted, ...earlier }),
      review(cy, "approved", retargeted),
    ],
    remedy:
      "an approval of bbbbbbb by someone else who may write to the repository (bo approved an earlier commit, eeeeeee; cy approved it for another base branch)",
  },
  {
    lines: `${names("bo")}\nremedy: drop {{item.name}}`,
    reviews: [],
    remedy: "an approval by @bo of bbbbbbb, or drop contents",
  },
  { lines: "remedy: drop {{item.name}}", reviews: [], remedy: "drop contents" },
  {
    lines: names("ann"),
    reviews: [],
    remedy: "undo this part of the change: rule offers no other way",
  },
])("the remedy is $remedy", ({ lines, reviews, remedy }) => {
  const policy = policyOf(`${everyGrant}\n${lines}`);
  const facts = { ...raised, reviews };
  expect(evaluatePolicy(policy, facts).reasons[0]?.remedy).toBe(remedy);
});

test.each([
  { when: "it is empty", title: "" },
  { when: "it is white space", title: " \t " },
])("a reason explains itself although it shows nothing but a title, and $when", ({ title }) => {
  const policy = policyOf("when: true\nmessage: '{{action.title}}'\nremedy: '{{action.title}}'");
  const facts = factsOf({ action: { ...pullRequest, title } });
  expect(evaluatePolicy(policy, facts).reasons).toMatchObject([
    { message: "rule", remedy: "undo this part of the change: rule offers no other way" },
  ]);
});
