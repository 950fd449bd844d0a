import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ActionFacts, Actor } from "../../../rules/facts/facts.ts";
import { judge } from "../../../rules/judge.ts";
import { packSource } from "../../../rules/packs/packs.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import type { PolicySource } from "../../../rules/policy/policy-set.ts";
import type { GovernanceVerdict } from "../../../rules/verdict/verdict.ts";
import { packModule } from "../../../scripts/packs.ts";
import {
  ann,
  bo,
  evidenceOf,
  pullRequest,
  review,
  workflow,
  type ChangedText,
} from "../sample-evidence.ts";

const dependabot: Actor = { id: "49699333", login: "dependabot[bot]", bot: true };
const renovate: Actor = { id: "29139614", login: "renovate[bot]", bot: true };

function pack(): PolicySource {
  const source = packSource("bailiff:update-bots@1");
  if (source === null) throw new Error("the pack is gone");
  return source;
}

function judged(files: readonly ChangedText[], action: Partial<ActionFacts>): GovernanceVerdict {
  return judge(evidenceOf(files, [pack()], { action: { ...pullRequest, ...action } })).verdict;
}

function packageFile(dependencies: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: "a", private: true, dependencies }, null, 2)}\n`;
}

const manifest = (base: string, head: string): ChangedText => ({
  path: "package.json",
  base,
  head,
});
const one = packageFile({ left: "^1.0.0" });

const harmful: readonly { when: string; file: ChangedText; policyId: string }[] = [
  {
    when: "changes code",
    file: { path: "src/a.ts", base: "a\n", head: "b\n" },
    policyId: "update-files",
  },
  {
    when: "adds a workflow",
    file: { path: ".github/workflows/new.yml", head: workflow("contents: read") },
    policyId: "update-files",
  },
  {
    when: "removes a lock file",
    file: { path: "yarn.lock", base: "# yarn lockfile v1\n" },
    policyId: "update-files",
  },
  {
    when: "gives a workflow more power",
    file: {
      path: ".github/workflows/ci.yml",
      base: workflow("contents: read"),
      head: workflow("contents: read, issues: write"),
    },
    policyId: "update-powers",
  },
  {
    when: "takes a package from elsewhere",
    file: manifest(one, packageFile({ left: "git+https://git.acme.dev/left.git#v2" })),
    policyId: "update-powers",
  },
];

describe.each([
  { bot: "Dependabot", author: dependabot },
  { bot: "Renovate", author: renovate },
])("an update of $bot", ({ author }) => {
  test.each(harmful)("that $when waits for a person", ({ file, policyId }) => {
    const verdict = judged([file], { author });
    expect(verdict.decision).toBe("DENY");
    expect(verdict.policyIds).toContain(policyId);
  });

  test("that brings in a package of its own is worth a look", () => {
    const head = packageFile({ left: "^1.0.0", right: "^1.0.0" });
    const verdict = judged([manifest(one, head)], { author });
    expect([verdict.decision, verdict.policyIds]).toEqual(["WARN", ["update-dependencies"]]);
  });

  test.each<ChangedText>([
    manifest(one, packageFile({ left: "^2.0.0" })),
    {
      path: ".github/workflows/ci.yml",
      base: `${workflow("contents: read").replace("[]", "")}      - uses: acme/a@v1\n`,
      head: `${workflow("contents: read").replace("[]", "")}      - uses: acme/a@v2\n`,
    },
    { path: "docs/requirements-dev.txt", base: "left==1.0\n", head: "left==1.1\n" },
    // A list that does not say which of its packages the project asks for itself.
    { path: "requirements.txt", base: "left==1.0\n", head: "left==1.1\nright==1.0\n" },
    { path: "build/Dockerfile.web", base: "FROM a:1\nUSER a\n", head: "FROM a:2\nUSER a\n" },
  ])("of a version alone passes: $path", (file) => {
    expect(judged([file], { author }).decision).toBe("ALLOW");
  });
});

test("what a person has approved of an update passes", () => {
  const files = [{ path: "src/a.ts", base: "a\n", head: "b\n" }];
  const action = { ...pullRequest, author: renovate };
  const external = { reviews: [review(bo)], contributors: [], statuses: null };
  const { verdict } = judge(evidenceOf(files, [pack()], { action, external }));
  expect(verdict.decision).toBe("ALLOW");
});

test.each<{ who: string; action: Partial<ActionFacts> }>([
  { who: "a person", action: { author: ann } },
  { who: "a person of nearly that name", action: { author: { ...ann, login: "dependabot" } } },
  { who: "nobody, as there is no pull request", action: { kind: "push", author: null } },
])("it asks nothing of a change that is opened by $who", ({ action }) => {
  for (const { file } of harmful) expect(judged([file], action).policyIds).toEqual([]);
});

test("a pull request whose author nobody knows is not let through", () => {
  const verdict = judged([{ path: "src/a.ts", head: "a\n" }], { author: null });
  expect([verdict.decision, verdict.policyIds]).toEqual(["DENY", ["bailiff/policy-error"]]);
});

test("the pack has no problems, extends nothing and is what its YAML gives", () => {
  const { sources, policies, problems } = loadPolicies([pack()], false);
  expect([sources.length, policies.length, problems]).toEqual([1, 3, []]);
  const folder = new URL("../../../rules/packs/", import.meta.url);
  const yaml = readFileSync(new URL("update-bots-1.yml", folder));
  const module = readFileSync(new URL("update-bots-1.ts", folder), "utf8");
  expect(module).toBe(packModule("update-bots-1", yaml));
});
