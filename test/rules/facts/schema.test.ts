import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { buildFacts } from "../../../rules/facts/build.ts";
import { publishedSchemas } from "../../../scripts/schemas/published.ts";
import { forWriters } from "../../../scripts/schemas/readers.ts";
import {
  ann,
  bo,
  evidenceOf,
  factsOf,
  pullRequest,
  review,
  someCapability,
  someCommit,
  someFile,
  workflow,
} from "../sample-evidence.ts";

const facts = publishedSchemas().get("facts.schema.json")?.schema ?? false;
const isFacts = new Ajv2020({ allowUnionTypes: true }).compile(forWriters(facts));
const maybeLater = new Ajv2020({ allowUnionTypes: true }).compile(facts);

const dependency = {
  ...({
    ecosystem: "npm",
    name: "a",
    delta: "added",
    from: null,
    to: "1",
    direct: null,
    purl: "pkg:npm/a@1",
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
const whole = factsOf(
  {
    action: { ...pullRequest, author: { ...ann, teams: ["acme/a"], organisations: null } },
    capabilities: [someCapability],
    dependencies: [dependency],
    commits: [someCommit],
    reviews: [review(bo)],
    statuses: [{ name: "ci", app: "x", appId: "1", conclusion: null }],
    completeness: {
      relevant: 1,
      read: 0,
      unread: [{ path: "x", side: "head", claim: "grants", why: "y", line: null }],
    },
  },
  [someFile],
);

test("facts with something in every list are as described", () => {
  expect(isFacts(whole), JSON.stringify(isFacts.errors)).toBe(true);
});

test("built facts are as described", () => {
  const path = ".github/workflows/a.yml";
  const files = [
    { path, base: workflow("contents: read"), head: workflow("contents: write") },
    { path: ".github/workflows/b.yml", head: "[" },
  ];
  const facts = buildFacts(evidenceOf(files, []));
  expect(facts.capabilities).toHaveLength(1);
  expect(facts.completeness.unread).toHaveLength(1);
  expect(isFacts(facts), JSON.stringify(isFacts.errors)).toBe(true);
});

test.each([
  { what: "a key is missing", facts: { ...whole, reviews: undefined } },
  { what: "a key is not described", facts: { ...whole, more: 1 } },
  {
    what: "a value is none of its kind",
    facts: { ...whole, action: { ...whole.action, kind: "x" } },
  },
  { what: "what is never null is null", facts: { ...whole, capabilities: null } },
])("facts are refused where $what", ({ facts }) => {
  expect(isFacts(JSON.parse(JSON.stringify(facts)))).toBe(false);
});

test("whoever reads facts of a later version by the published schema lets its new keys pass", () => {
  expect(maybeLater({ ...whole, more: 1 })).toBe(true);
});
