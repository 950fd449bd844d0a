import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { changeOfCase, surroundingsOfCase } from "../../rules/policy-cases/case-evidence.ts";
import type { PolicyCase } from "../../rules/policy-cases/case-file.ts";
import { judge } from "../../rules/judge.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { policySource } from "../rules/sample-evidence.ts";

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");
const section = page.split(/^## /m).find((one) => one.startsWith("Policies that people bring"));
const blocks = [...(section ?? "").matchAll(/^```yaml\n(- id: (\S+)\n.*?)^```$/gms)].map(
  ([, text = "", id = ""]) => ({ id, text }),
);

type Given = Pick<
  PolicyCase,
  "files" | "action" | "reviews" | "commits" | "statuses" | "properties"
>;

const code = { "src/a.ts": { head: "a\n" } };
const bo = { by: "bo", state: "approved", role: "write", current: true } as const;
const large = `\0${"a".repeat(1_000_000)}`;
const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`docs/${n}`, { head: "a" }]));
const commit = (message: string) => ({ message, merge: false });
const ci = { name: "ci", app: "github-actions", appId: "15368", conclusion: "success" };
const manifest = { "package.json": { head: '{ "dependencies": { "left-pad": "1.0.0" } }' } };
const image = (name: string): string => `services: { a: { image: "${name}", user: "1" } }\n`;

/** What each of them fires for, and what it does not. */
const CASES: Readonly<
  Record<string, { readonly fires: readonly Given[]; readonly passes: readonly Given[] }>
> = {
  infrastructure: {
    fires: [
      { files: { "infra/a.tf": {} } },
      { files: { "infra/a.tf": { head: "a" } }, reviews: [bo] },
    ],
    passes: [
      { files: code },
      { files: { "infra/a.tf": { head: "a" } }, reviews: [bo, { ...bo, by: "cy" }] },
    ],
  },
  "build-of-forks": {
    fires: [
      { files: { Makefile: { head: "all:\n" } }, action: { fork: true } },
      {
        files: { Makefile: { head: "all:\n" } },
        action: { fork: true },
        reviews: [{ ...bo, by: "dee" }],
      },
    ],
    passes: [
      { files: { Makefile: { head: "all:\n" } } },
      { files: { Makefile: { head: "all:\n" } }, action: { fork: true }, reviews: [bo] },
      { files: code, action: { fork: true } },
    ],
  },
  "not-yet": {
    fires: [
      { files: code, action: { labels: ["a", "do not merge"] } },
      { files: code, action: { draft: true } },
    ],
    passes: [{ files: code, action: { labels: ["a"] } }],
  },
  title: {
    fires: [{ files: code, action: { title: "Some changes" } }],
    passes: [{ files: code, action: { title: "fix(cli)!: a thing" } }],
  },
  large: { fires: [{ files: many }], passes: [{ files: code }] },
  changelog: {
    fires: [{ files: code }],
    passes: [
      { files: { ...code, "CHANGELOG.md": { head: "a" } } },
      { files: { "docs/a": { head: "a" } } },
    ],
  },
  "lock-file": {
    fires: [{ files: { "package.json": { head: "{}" } } }],
    passes: [{ files: { "package.json": { head: "{}" }, "package-lock.json": { head: "{}" } } }],
  },
  "large-binary": {
    fires: [{ files: { "a.bin": { head: large } } }],
    passes: [
      { files: { "a.bin": { head: "\0a" } } },
      { files: { "a.txt": { head: "a".repeat(1_000_001) } } },
    ],
  },
  tests: {
    fires: [{ files: code }],
    passes: [
      { files: { ...code, "test/a.ts": { head: "a" } } },
      { files: { ...code, "src/a.test.ts": { head: "a" } } },
      { files: { "docs/a": { head: "a" } } },
    ],
  },
  "left-in": {
    fires: [
      { files: { "src/a.ts": { base: "a\n", head: "a\nconsole.log(a)\n" } } },
      { files: { "test/a.ts": { head: "test.only(a)\r\n" } } },
    ],
    passes: [
      { files: { "src/a.ts": { base: "debugger\n", head: "a\n" } } },
      { files: { "src/a.ts": { base: "debugger\n", head: "debugger\na\n" } } },
      { files: { "docs/a": { head: "debugger" } } },
    ],
  },
  "sign-off": {
    fires: [
      { files: code, commits: [commit("Add a\n\nSigned-off-by: me\n")] },
      { files: code, commits: [commit("Add a\n\nSigned-off-by: A <a@b>\n"), commit("Add b\n")] },
    ],
    passes: [
      { files: code, commits: [commit("Add a\n\nSigned-off-by: A <a@b>\n")] },
      { files: code, commits: [{ ...commit("Merge main\n"), merge: true }] },
    ],
  },
  conventional: {
    fires: [{ files: code, commits: [commit("Add a\n")] }],
    passes: [{ files: code, commits: [commit("feat(a)!: b\n\nMore.\n")] }],
  },
  freeze: {
    fires: [
      { files: code, action: { at: "2026-12-19T23:00:00Z" } },
      { files: code, action: { at: "2027-01-03T22:59:59Z" } },
    ],
    passes: [
      { files: code, action: { at: "2026-12-19T22:59:59Z" } },
      { files: code, action: { at: "2026-12-24T00:00:00Z", base: "next" } },
      { files: code, action: { at: "2026-12-24T00:00:00Z" }, reviews: [bo] },
    ],
  },
  "needs-ci": {
    fires: [
      { files: code, statuses: [] },
      { files: code, statuses: [{ ...ci, appId: "1" }] },
      { files: code, statuses: [{ ...ci, conclusion: "skipped" }] },
    ],
    passes: [{ files: code, statuses: [ci] }],
  },
  payments: {
    fires: [
      { files: manifest, properties: { tier: ["payments"] } },
      { files: manifest, properties: { tier: ["payments"] }, reviews: [bo] },
    ],
    passes: [
      { files: manifest, properties: { tier: ["internal"] } },
      { files: manifest, properties: {} },
      { files: code, properties: { tier: ["payments"] } },
    ],
  },
  latest: {
    fires: [
      { files: { "compose.yml": { head: image("b:latest") } } },
      { files: { Dockerfile: { head: "FROM b\nUSER 1\n" } } },
    ],
    passes: [{ files: { "compose.yml": { head: image("b:1.2") } } }],
  },
  privileged: {
    fires: [
      {
        files: { "compose.yml": { head: "services: { a: { image: 'b:1', privileged: true } }\n" } },
        reviews: [bo],
      },
    ],
    passes: [{ files: { "compose.yml": { head: image("b:1") } } }],
  },
};

test("each of them has at most ten lines, and is tried", () => {
  expect(blocks.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
  expect(blocks.length).toBeGreaterThanOrEqual(10);
  for (const { text } of blocks) expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
});

describe.each(blocks)("the policy $id", ({ id, text }) => {
  const file = `version: 1\npolicies:\n${text.replace(/^(?=.)/gm, "  ")}`;
  const policies = loadPolicies([policySource(file)], false);
  const { fires = [], passes = [] } = CASES[id] ?? {};

  const firedFor = (given: Given): readonly string[] => {
    const one = { name: id, want: "ALLOW" as const, ...given };
    const evidence = { ...surroundingsOfCase(one), ...changeOfCase(one.files ?? {}), policies };
    return judge(evidence).verdict.policyIds;
  };

  test("has no problem", () => {
    expect(policies.problems).toEqual([]);
  });

  test("fires for what it is about", () => {
    for (const given of fires) expect(firedFor(given)).toContain(id);
  });

  test("says nothing of all else", () => {
    for (const given of passes) expect(firedFor(given)).not.toContain(id);
  });
});
