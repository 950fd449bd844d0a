import { expect, test } from "vitest";
import { factsOf, type Paths } from "./tree-change.ts";

const POLICY = "Write to security@acme.example.\n";
const OTHER = "Report holes at https://acme.example/security.\n";

test.each([
  {
    when: "it is deleted",
    base: { "SECURITY.md": POLICY },
    head: {},
    seen: ["removed security policy reporting→-"],
  },
  {
    when: "it no longer says where to report",
    base: { "docs/security.md": POLICY },
    head: { "docs/security.md": "no\n" },
    seen: ["lowered security policy reporting→silent"],
  },
  {
    when: "a comment hides where to report",
    base: { "SECURITY.md": POLICY },
    head: { "SECURITY.md": `<!-- one --> no\n<!--\n${POLICY}` },
    seen: ["lowered security policy reporting→silent"],
  },
  {
    when: "another one comes in other letters",
    base: { "SECURITY.md": POLICY },
    head: { "SECURITY.MD": OTHER },
    seen: ["added security policy -→reporting", "removed security policy reporting→-"],
  },
  {
    when: "it is written in other letters and stays as it is",
    base: { "security.md": POLICY },
    head: { "SECURITY.md": POLICY },
    seen: [],
  },
  {
    when: "it moves and is edited",
    base: { "SECURITY.md": POLICY },
    head: { ".github/SECURITY.md": OTHER },
    seen: [],
  },
  {
    when: "it is edited",
    base: { "SECURITY.md": POLICY },
    head: { "SECURITY.md": OTHER },
    seen: [],
  },
  {
    when: "it becomes a link",
    base: { "SECURITY.md": POLICY },
    head: { "SECURITY.md": { link: "a" } },
    seen: ["removed security policy reporting→-"],
  },
  {
    when: "it lies where GitHub does not look",
    base: { "src/SECURITY.md": POLICY },
    head: {},
    seen: [],
  },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "a security policy where $when",
  ({ base, head, seen }) => {
    expect(factsOf("project.security-policy", base, head).sort()).toEqual(seen);
  },
);
