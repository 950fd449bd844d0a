import { expect, test } from "vitest";
import {
  CAPABILITY_KINDS,
  type Granted,
  grantedBy,
  rankOf,
} from "../../../rules/capabilities/levels.ts";

test("the kinds are those of formats and of the tree", () => {
  expect(CAPABILITY_KINDS).toEqual(
    expect.arrayContaining(["github.workflow.trigger", "git.submodule", "tree.symlink"]),
  );
});

test.each([
  { kind: "git.submodule", level: "https", rank: 0 },
  { kind: "git.submodule", level: "other", rank: 1 },
  { kind: "git.submodule", level: "of-no-kind", rank: -1 },
  { kind: "git.submodule-command", level: null, rank: -1 },
  { kind: "of.nobody", level: "https", rank: -1 },
])("the level $level of $kind ranks $rank", ({ kind, level, rank }) => {
  expect(rankOf(kind, level)).toBe(rank);
});

test.each<{ what: string; kind: string; level?: string; granted: Granted }>([
  { what: "of a kind without levels", kind: "github.workflow.container", granted: { level: null } },
  {
    what: "whose reader asks no setting",
    kind: "git.submodule",
    level: "other",
    granted: { level: "other" },
  },
  { what: "that nobody reads", kind: "of.nobody", level: "high", granted: { level: "high" } },
  {
    what: "that the settings turn into another",
    kind: "github.workflow.permission",
    level: "default",
    granted: { level: "write" },
  },
])("a capability is granted at its level: one $what", ({ kind, level, granted }) => {
  const rest = { context: "", line: 1, certainty: "exact", reach: [], holderContent: "" } as const;
  const capability = { name: "contents", holder: "h", kind, ...rest, ...(level && { level }) };
  expect(grantedBy(capability, "head", { defaultTokenPermissions: "write" })).toEqual(granted);
});
