import type { Finding, Pointer } from "../findings.ts";
import {
  type ApprovalGroup,
  type ApprovalNode,
  type ApprovalRule,
  CONTRIBUTIONS,
  groupsOf,
  isAnybody,
  type People,
} from "./approval-rule.ts";
import type { WrittenApprovals, WrittenNode, WrittenPeople } from "./written-rule.ts";

/** Makes the rule of an `approved_by`; what nobody could fulfil, or says nothing, becomes a finding. */
export function compileApprovals(
  written: WrittenApprovals,
  at: Pointer,
  findings: Finding[],
): ApprovalRule {
  const { ignoring = {}, survives = "change", scope = "paths" } = written;
  const node = compileNode(written, { at, not: [] }, findings);
  if (written.scope !== undefined && !groupsOf(node).some(({ owners }) => owners)) {
    findings.push({
      at: [...at, "scope"],
      message: "scope says whose owners are asked, and no owners are",
      remedy: "add owners: true, or leave scope out",
    });
  }
  return {
    node,
    ignoring: CONTRIBUTIONS.filter((contribution) => ignoring[contribution] !== false),
    survives,
    scope,
  };
}

interface Place {
  readonly at: Pointer;
  /** What stands further out. */
  readonly not: readonly People[];
}

function compileNode(written: WrittenNode, place: Place, findings: Finding[]): ApprovalNode {
  const { all, any, not } = written;
  const { at } = place;
  if (not !== undefined) checkExcluded(not, [...at, "not"], findings);
  const inner = not === undefined ? place.not : [...place.not, peopleOf(not)];
  const branch = all === undefined ? "any" : "all";
  const of = all ?? any;
  if (of === undefined) return compileGroup(written, { at, not: inner }, findings);
  for (const key of ["any", ...GROUP_KEYS] as const) {
    if (key === branch || written[key] === undefined) continue;
    findings.push({
      at: [...at, key],
      onKey: true,
      message: `${key} does not stand beside ${branch}`,
      remedy: `write it inside ${branch}, as one more group: { ${key}: … }`,
    });
  }
  return {
    is: branch,
    of: of.map((one, index) =>
      compileNode(one, { at: [...at, branch, index], not: inner }, findings),
    ),
  };
}

const GROUP_KEYS = ["users", "teams", "organisations", "roles", "owners", "count"] as const;

function compileGroup(
  written: WrittenNode,
  { at, not }: Place,
  findings: Finding[],
): ApprovalGroup {
  const { owners = false, count = 1 } = written;
  const group: ApprovalGroup = { is: "group", ...peopleOf(written), owners, count, not };
  checkLists(written, at, findings);
  const left = group.users.filter((user) => !not.some(({ users }) => users.includes(user)));
  if (isAnybody({ ...group, users: [] }) && group.users.length > 0 && count > left.length) {
    findings.push({
      at: [...at, "count"],
      message: `${count} of ${left.length} users cannot approve`,
      remedy: "lower count or list more users",
    });
  }
  return group;
}

const LISTS = ["users", "teams", "organisations", "roles"] as const;
const ONE = { users: "user", teams: "team", organisations: "organisation", roles: "role" } as const;

function checkLists(written: WrittenPeople, at: Pointer, findings: Finding[]): void {
  for (const key of LISTS) {
    const list = written[key] ?? [];
    if (new Set(list.map(lower)).size === list.length) continue;
    findings.push({
      at: [...at, key],
      message: `a ${ONE[key]} is listed twice`,
      remedy: "list each once; upper and lower case are the same",
    });
  }
}

function checkExcluded(written: WrittenPeople, at: Pointer, findings: Finding[]): void {
  checkLists(written, at, findings);
  if (LISTS.some((key) => written[key] !== undefined)) return;
  findings.push({
    at,
    message: "not names nobody",
    remedy: "write for example not: { users: [eve] }, or leave it out",
  });
}

function peopleOf(written: WrittenPeople): People {
  const { users = [], teams = [], organisations = [], roles = [] } = written;
  return {
    users: distinct(users),
    teams: distinct(teams),
    organisations: distinct(organisations),
    roles: [...new Set(roles)],
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map(lower))];
}

function lower(name: string): string {
  return name.toLowerCase();
}
