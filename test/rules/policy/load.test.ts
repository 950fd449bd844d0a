import { canonicalJson } from "../../../rules/canonical.ts";
import { packSource } from "../../../rules/packs/packs.ts";
import { expect, test } from "vitest";
import { loadPolicies, repositoryPolicies } from "../../../rules/policy/load.ts";
import { policyFileOf, policySource, problemsOf } from "../sample-evidence.ts";

const designs = `version: 1
extends: [bailiff:recommended@1]      # packs live in rules/packs/ and are versioned
policies:
  - id: new-permissions
    title: New permissions need a security review
    decision: DENY                    # DENY | WARN
    each: capabilities                # files | capabilities | dependencies
    match: { delta: [added, raised], kind: "github.workflow.*" }
    unless: { approved_by: { users: [bo, cy], count: 1 } }
    message: "{{item.holder}}: {{item.name}} {{item.before}} → {{item.after}}"
  - id: foreign-dependencies
    decision: WARN
    each: dependencies
    only: { action.baseBranch: main } # the same grammar over the whole document
    match: { delta: [added, changed], any: [{ source: { not: "registry:*" } }, { integrity: absent }] }
`;

test("the design's example loads, with the pack that it extends before it", () => {
  const { sources, policies, problems } = loadPolicies([policySource(designs)], false);
  expect(problems).toEqual([]);
  expect(sources.map(({ path }) => path)).toEqual(["bailiff:recommended@1", ".github/bailiff.yml"]);
  const ids = policies.map(({ id }) => id);
  const ofPack = ["policy-change", "new-permissions", "new-permissions"];
  expect(ids.slice(0, 3)).toEqual(ofPack);
  expect(ids.slice(-2)).toEqual(["new-permissions", "foreign-dependencies"]);
});

test.each([["policies: []"], ["extends: []"], ["extends: []\npolicies: []"]])(
  "a file whose lists are empty sets no policies: %s",
  (lists) => {
    expect(problemsOf(`version: 1\n${lists}\n`)).toEqual([
      { at: "1:1", message: "the file sets no policies", remedy: "add extends or policies" },
    ]);
  },
);

const TYPO = "github.workflow.permisson";

test.each([
  { what: "as it is", condition: `match: { kind: ${TYPO} }`, at: "6:20" },
  {
    what: "among others",
    condition: `match: { kind: [github.workflow.secret, ${TYPO}] }`,
    at: "6:45",
  },
  { what: "under not", condition: `match: { kind: { not: ${TYPO} } }`, at: "6:27" },
  { what: "as a glob", condition: 'match: { kind: "github.workflows.*" }', at: "6:20" },
  { what: "as a pattern", condition: 'match: { kind: { matches: "^workflow" } }', at: "6:31" },
  { what: "in a when", condition: `when: { "==": [{ var: item.kind }, ${TYPO}] }`, at: "6:40" },
  {
    what: "in a list of a when",
    condition: `when: { in: [{ var: item.kind }, [${TYPO}]] }`,
    at: "6:39",
  },
  {
    what: "as a glob in a when",
    condition: 'when: { name: [{ var: item.kind }, "npmm.*"] }',
    at: "6:40",
  },
])("a kind that no reader gives is an error with its line: $what", ({ condition, at }) => {
  const head = "version: 1\npolicies:\n  - id: a\n    decision: DENY\n    each: capabilities\n";
  expect(problemsOf(`${head}    ${condition}\n`).map((problem) => problem.at)).toEqual([at]);
});

test.each(["*", "github.*", "{github.workflow.permission,npm.script}"])(
  "a glob that some kind matches is no error: %s",
  (kind) => {
    const policy = `{ id: a, decision: DENY, each: capabilities, match: { kind: "${kind}" } }`;
    expect(problemsOf(`version: 1\npolicies: [${policy}]\n`)).toEqual([]);
  },
);

test.each([
  {
    when: "a key of the file is unknown",
    text: "version: 1\npolicy: []\npolicies: []\n",
    at: "2:1",
  },
  { when: "the version is another", text: "version: 2\npolicies: []\n", at: "1:10" },
  { when: "the version is a text", text: "version: '1'\npolicies: []\n", at: "1:10" },
  { when: "the version is missing", text: "policies: []\n", at: "1:1" },
  { when: "nothing is set", text: "version: 1\n", at: "1:1" },
  { when: "policies are nothing", text: "version: 1\npolicies:\n", at: "2:10" },
  { when: "policies are a map", text: "version: 1\npolicies: {}\n", at: "2:11" },
  { when: "the file is a list", text: "- version\n", at: "1:1" },
  { when: "the file is empty", text: "", at: "1:1" },
  { when: "a policy is a text", text: "version: 1\npolicies: [a]\n", at: "2:12" },
  { when: "a pack is unknown", text: "version: 1\nextends: [bailiff:recommended@9]\n", at: "2:11" },
  { when: "a pack is inherited", text: "version: 1\nextends: [constructor]\n", at: "2:11" },
  { when: "a pack is no text", text: "version: 1\nextends: [1]\n", at: "2:11" },
  { when: "extends is a text", text: "version: 1\nextends: bailiff:recommended\n", at: "2:10" },
  { when: "it is no YAML", text: "version: [1\n", at: "2:1" },
  { when: "a key is repeated", text: "version: 1\npolicies: []\nversion: 1\n", at: "3:1" },
  { when: "it has a merge key", text: "version: 1\npolicies: []\n<<: {}\n", at: "3:1" },
  { when: "it has two documents", text: "version: 1\npolicies: []\n---\nversion: 1\n", at: "3:1" },
])("a file is refused at its place where $when", ({ text, at }) => {
  expect(problemsOf(text).map((problem) => problem.at)).toEqual([at]);
});

test.each([
  {
    when: "a key is unknown",
    lines: "match: { delta: added }\neach: capabilities\nmach: x",
    at: "7:5",
  },
  { when: "each is no list", lines: "each: reviews\nmatch: { line: 1 }", at: "5:11" },
  { when: "it never says when it fires", lines: "each: files", at: "3:5" },
  { when: "a title is empty", lines: "title: ''\nwhen: true", at: "5:12" },
  { when: "a message is too long", lines: `message: ${"x".repeat(1025)}\nwhen: true`, at: "5:14" },
  { when: "a message names no fact", lines: "message: '{{item.foo}}'\nwhen: true", at: "5:14" },
  {
    when: "a message shows a group",
    lines: "message: '{{action.author}}'\nwhen: true",
    at: "5:14",
  },
  {
    when: "a message shows a list of facts",
    lines: "message: '{{change.files}}'\nwhen: true",
    at: "5:14",
  },
  {
    when: "a placeholder is not closed",
    lines: "message: '{{action.kind}'\nwhen: true",
    at: "5:14",
  },
  { when: "a remedy names no fact", lines: "remedy: '{{item.foo}}'\nwhen: true", at: "5:13" },
  {
    when: "a title that is the message names no fact",
    lines: "title: '{{x}}'\nwhen: true",
    at: "5:12",
  },
  {
    when: "approvals are counted from 0",
    lines: "unless: { approved_by: { count: 0 } }\nwhen: true",
    at: "5:37",
  },
  {
    when: "users are empty",
    lines: "unless: { approved_by: { users: [] } }\nwhen: true",
    at: "5:37",
  },
  {
    when: "a user is a team",
    lines: "unless: { approved_by: { users: [a/b] } }\nwhen: true",
    at: "5:38",
  },
  {
    when: "a user is written with @",
    lines: "unless: { approved_by: { users: ['@a'] } }\nwhen: true",
    at: "5:38",
  },
  {
    when: "a user is listed twice",
    lines: "unless: { approved_by: { users: [a, A] } }\nwhen: true",
    at: "5:37",
  },
  {
    when: "more are asked for than listed",
    lines: "unless: { approved_by: { users: [a], count: 2 } }\nwhen: true",
    at: "5:49",
  },
  {
    when: "unless holds something else",
    lines: "unless: { approved_by: {}, merged_by: a }\nwhen: true",
    at: "5:32",
  },
])("a policy is refused at its place where $when", ({ lines, at }) => {
  expect(problemsOf(policyFileOf(lines)).map((problem) => problem.at)).toEqual([at]);
});

test.each([
  { lines: "unless: { approved_by: { cuont: 1 } }\nwhen: true", remedy: "did you mean count?" },
  {
    lines: "unless: { approvedby: {}, approved_by: {} }\nwhen: true",
    remedy: "did you mean approved_by?",
  },
  { lines: "mesage: x\nwhen: true", remedy: "did you mean message?" },
  { lines: "severity: x\nwhen: true", remedy: /^use id, title, decision/ },
])("an unknown key is told with the nearest of its place: $remedy", ({ lines, remedy }) => {
  expect(problemsOf(policyFileOf(lines))[0]?.remedy).toMatch(remedy);
});

test.each(["Rule", "a_b", "bailiff/x", "-a", "", "a".repeat(65)])("the id %j is refused", (id) => {
  const text = policyFileOf("when: true").replace("id: rule", `id: ${JSON.stringify(id)}`);
  expect(problemsOf(text).map(({ at }) => at)).toEqual(["3:9"]);
});

test("an id is refused where its file has it already", () => {
  const policy = "  - { id: a, decision: WARN, when: true }\n";
  expect(problemsOf(`version: 1\npolicies:\n${policy}${policy}`).map(({ at }) => at)).toEqual([
    "4:11",
  ]);
});

test("every problem of a file is told, in the order of its lines", () => {
  const text = `version: 2
extends: [bailiff:none]
policies:
  - id: A
    decision: NO
    each: files
    match: { paht: x }
    surprise: 1
  - id: b
    decision: WARN
    when: { log: 1 }
`;
  expect(problemsOf(text).map(({ at }) => at)).toEqual([
    "1:10",
    "2:11",
    "4:9",
    "5:15",
    "7:14",
    "8:5",
    "11:13",
  ]);
});

test.each([
  { when: "it is larger than 256 KiB", bytes: new Uint8Array(256 * 1024 + 1).fill(0x20) },
  { when: "it is not UTF-8", bytes: new Uint8Array([0x61, 0xff]) },
  { when: "it nests without an end", bytes: new TextEncoder().encode("[".repeat(100_000)) },
  {
    when: "its aliases multiply",
    bytes: new TextEncoder().encode(
      Array.from({ length: 9 }, (_, index) => `a${index}: &a${index} [${tenTimes(index)}]`).join(
        "\n",
      ),
    ),
  },
])("a document is one problem with a remedy where $when", ({ bytes }) => {
  const { policies, problems } = loadPolicies([{ ...policySource(""), bytes }], false);
  expect(policies).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.remedy).not.toBe("");
});

function tenTimes(index: number): string {
  const item = index === 0 ? "x" : `*a${index - 1}`;
  return Array.from({ length: 10 }, () => item).join(", ");
}

test("a policy with a problem is not judged by, its neighbours are", () => {
  const text = policyFileOf("when: true").concat(
    "  - { id: b, decision: WARN, when: { log: 1 } }\n",
  );
  const { policies } = loadPolicies([policySource(text)], false);
  expect(policies.map(({ id }) => id)).toEqual(["rule"]);
});

test("problems on one line are told in the order of their columns", () => {
  const text = "version: 1\npolicies: [{ id: A, decision: NO, each: files, match: { paht: x } }]\n";
  expect(problemsOf(text).map(({ at }) => at)).toEqual(["2:18", "2:31", "2:57"]);
});

test("packs over the limit are one problem, and are not looked up", () => {
  expect(problemsOf(`version: 1\nextends: [${"a, ".repeat(12)}]\n`)).toHaveLength(11);
});

test("ids that are no texts are refused once each, not as taken", () => {
  const policy = "  - { id: 1, decision: WARN, when: true }\n";
  expect(problemsOf(`version: 1\npolicies:\n${policy}${policy}`).map(({ at }) => at)).toEqual([
    "3:11",
    "4:11",
  ]);
});

test.each([
  {
    what: "a pack that there is not",
    text: "version: 1\nextends: [bailiff:none]\n",
    says: "bailiff:none",
    remedy: "bailiff:recommended@1",
  },
  {
    what: "an id that is taken",
    text: policyFileOf("when: true").concat("  - { id: rule, decision: WARN, when: true }\n"),
    says: "rule",
    remedy: "id",
  },
])("$what is named, with what to write", ({ text, says, remedy }) => {
  const [problem] = problemsOf(text);
  expect(problem?.message).toContain(says);
  expect(problem?.remedy).toContain(remedy);
});

test("no document at all is a problem of the file that would hold the policies", () => {
  const { problems } = loadPolicies([], true);
  expect(problems).toMatchObject([{ path: ".github/bailiff.yml", line: 1, column: 1 }]);
  expect(problems[0]?.message).toContain("policy");
  expect(problems[0]?.remedy).toContain("bailiff:recommended");
});

test("a repository without a file is judged by the recommended pack, in simulation", () => {
  const { sources, policies, problems, simulation } = repositoryPolicies(null);
  expect(sources.map(({ path }) => path)).toEqual(["bailiff:recommended@1"]);
  expect(policies).not.toEqual([]);
  expect(problems).toEqual([]);
  expect(simulation).toBe(true);
});

test("a repository's own file is what it is judged by, in simulation where that is asked for", () => {
  const own = policySource(policyFileOf("when: true"));
  expect(repositoryPolicies(own)).toMatchObject({ sources: [own], simulation: false });
  expect(repositoryPolicies(own, true)).toMatchObject({ sources: [own], simulation: true });
});

test("the same id in two layers is judged twice: no layer drops or softens another", () => {
  const strict = policySource(policyFileOf("when: true"), "floor.yml");
  const soft = policySource(policyFileOf("when: true").replace("DENY", "WARN"), "repository.yml");
  for (const layers of [
    [strict, soft],
    [soft, strict],
  ]) {
    const { policies } = loadPolicies(layers, false);
    expect(policies.map(({ decision }) => decision).sort()).toEqual(["DENY", "WARN"]);
  }
});

test("a document that two layers hold is judged once, and both are sources", () => {
  const text = policyFileOf("when: true");
  const { sources, policies } = loadPolicies(
    [policySource(text, "a"), policySource(text, "b")],
    false,
  );
  expect(sources).toHaveLength(2);
  expect(policies).toHaveLength(1);
});

test("a pack that is extended twice and named is one source", () => {
  const text = "version: 1\nextends: [bailiff:recommended, bailiff:recommended@1]\n";
  const { sources, policies } = loadPolicies([policySource(text)], true);
  expect(sources).toHaveLength(2);
  const pack = packSource("bailiff:recommended@1");
  expect(policies).toEqual(loadPolicies(pack === null ? [] : [pack], true).policies);
});

test("what a policy reads is told, with the reviews that it asks for", () => {
  const text = policyFileOf(
    "each: files\nmatch: { path: a }\nunless: { approved_by: {} }\nmessage: '{{action.title}}'",
  );
  const { policies } = loadPolicies([policySource(text)], false);
  expect(policies[0]?.reads).toEqual([
    "action.title",
    "change.files",
    "item.path",
    "item.previousPath",
  ]);
});

test("canonical JSON is a policy file like any other, and a repeated key in JSON is refused", () => {
  const policy = { id: "a", decision: "WARN", when: true };
  const json = canonicalJson({ version: 1, policies: [policy] });
  expect(problemsOf(json)).toEqual([]);
  expect(problemsOf(json.replace('"WARN"', '"MAYBE"'))).toMatchObject([{ at: "1:26" }]);
  expect(problemsOf(json.replace('"version":1', '"version":2,"version":1'))).toHaveLength(1);
  const separated = canonicalJson({ version: 2, policies: [{ ...policy, title: "a\u2028b" }] });
  expect(problemsOf(separated)).toMatchObject([{ at: "1:1" }]);
});
