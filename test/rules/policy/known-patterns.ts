import type { PatternKind } from "../../../rules/policy/pattern.ts";

/** Patterns with their meaning, written down a second time: neither our globs nor RE2 have a part in it. */
export const PATTERNS: readonly { kind: PatternKind; source: string; means: RegExp }[] = [
  { kind: "path", source: "src/*", means: /^src\/[^/]*$/ },
  { kind: "path", source: "src/**", means: /^src\/.*$/ },
  { kind: "path", source: "**/a", means: /^(.*\/)?a$/ },
  { kind: "path", source: "{a,docs/?}", means: /^(a|docs\/[^/])$/ },
  { kind: "path", source: "README.md", means: /^README\.md$/ },
  { kind: "path", source: "release/*", means: /^release\/[^/]*$/ },
  { kind: "name", source: "*e*", means: /e/ },
  { kind: "name", source: "{contents,main}", means: /^(contents|main)$/ },
  { kind: "name", source: "issues", means: /^issues$/ },
  { kind: "name", source: "github.*", means: /^github\./ },
  { kind: "search", source: "^[a-m]", means: /^[a-m]/ },
  { kind: "search", source: "s$|/", means: /s$|\// },
];

/** Whether a text matches one of them; null matches nothing. */
export function isMeant(kind: PatternKind, source: unknown, text: unknown): boolean {
  const pattern = PATTERNS.find((one) => one.kind === kind && one.source === source);
  if (pattern === undefined) throw new Error(`no ${kind} ${String(source)} is known`);
  return typeof text === "string" && pattern.means.test(text);
}
