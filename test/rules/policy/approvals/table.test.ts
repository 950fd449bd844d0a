import { describe, expect, test } from "vitest";
import type { Actor, Contributor, Facts, FileFact, Review } from "../../../../rules/facts/facts.ts";
import { evaluatePolicy } from "../../../../rules/policy/evaluate.ts";
import { outside, teamsProof } from "../../../../rules/policy/approvals/proofs.ts";
import {
  ann,
  bo,
  cy,
  EARLIER,
  factsOf,
  policyOf,
  pullRequest,
  review,
  someFile,
} from "../../sample-evidence.ts";

const di: Actor = { id: "4", login: "di", bot: false };
const robot: Actor = { id: "7", login: "robot", bot: true };

const writes = "role:write";
const team = (name: string, ...more: string[]) => ({ via: [writes, `team:${name}`, ...more] });
const outsideTeam = (name: string) => ({ via: [writes, outside(`team:${name}`)] });
const organisation = (name: string) => ({ via: [writes, `org:${name}`] });
const role = (name: string) => ({ via: [`role:${name}`] });
const earlier = { commit: EARLIER };
const same = { ...earlier, sameChange: true };
const sameFor = (...paths: string[]) => ({ ...earlier, sameChange: false, sameFor: paths });
const by = (actor: Actor | null, as: Contributor["as"]): Contributor => ({
  ...{ as, actor },
  commit: EARLIER,
});

const file = (path: string, more: Partial<FileFact> = {}): FileFact => ({
  ...someFile,
  ...{ path, owners: ["@bo"] },
  ...more,
});

interface Row {
  readonly when: string;
  /** What stands under `approved_by`. */
  readonly rule: string;
  readonly reviews: readonly Review[] | null;
  readonly contributors?: readonly Contributor[] | null;
  readonly author?: Actor | null;
  readonly files?: readonly FileFact[];
  readonly settles: boolean;
}

function factsFor({ reviews, contributors = [], author = ann, files = [file("a")] }: Row): Facts {
  return factsOf({ reviews, contributors, action: { ...pullRequest, author } }, files);
}

function isSettled(row: Row): boolean {
  const policy = policyOf(
    `each: files\nmatch: { path: "**" }\nunless: { approved_by: ${row.rule} }`,
  );
  const { reasons } = evaluatePolicy(policy, factsFor(row));
  expect(reasons.length).toBeGreaterThan(0);
  return reasons.every(({ settledBy }) => settledBy.length > 0);
}

function check(rows: readonly Row[]): void {
  test.each(rows)("$when: $settles", (row) => {
    expect(isSettled(row)).toBe(row.settles);
  });
}

describe("by whom an approval counts for nothing", () => {
  const hand = (as: Contributor["as"], more: Partial<Row> = {}): Row => ({
    when: `the approver is a ${as}`,
    rule: "{}",
    reviews: [review(bo)],
    contributors: [by(bo, as)],
    settles: false,
    ...more,
  });
  const switchedOff = (as: Contributor["as"], more: Partial<Row> = {}) =>
    hand(as, {
      when: `the approver is a ${as}, who may`,
      rule: `{ ignoring: { ${as}: false } }`,
      settles: true,
      ...more,
    });
  check([
    hand("author", { when: "the approver wrote a commit" }),
    hand("committer"),
    hand("co-author"),
    hand("pusher"),
    switchedOff("author"),
    switchedOff("committer"),
    switchedOff("co-author"),
    switchedOff("pusher"),
    switchedOff("committer", {
      when: "a committer may, and the approver is a co-author too",
      contributors: [by(bo, "committer"), by(bo, "co-author")],
      settles: false,
    }),
    hand("committer", {
      when: "the committer's login changed hands",
      contributors: [by({ ...cy, login: "BO" }, "committer")],
    }),
    hand("committer", {
      when: "the committer has a new login",
      contributors: [by({ ...bo, login: "bob" }, "committer")],
    }),
    hand("committer", {
      when: "another person committed",
      contributors: [by(cy, "committer")],
      settles: true,
    }),
    hand("committer", {
      when: "nobody knows who committed",
      contributors: [by(null, "committer")],
    }),
    hand("co-author", {
      when: "a co-author's address is no account's",
      contributors: [by(null, "co-author")],
      settles: true,
    }),
    hand("co-author", {
      when: "nobody knows of any co-author",
      contributors: [{ ...by(null, "co-author"), commit: null }],
    }),
    hand("pusher", { when: "nobody knows who pushed", contributors: [by(null, "pusher")] }),
    switchedOff("pusher", {
      when: "nobody knows who pushed, and pushers may",
      contributors: [by(null, "pusher")],
    }),
    hand("author", { when: "nobody knows of any contributor", contributors: null }),
    hand("author", {
      when: "nobody knows of any contributor, and each may",
      rule: "{ ignoring: { author: false, committer: false, co-author: false, pusher: false } }",
      contributors: null,
      settles: true,
    }),
    hand("author", { when: "the author opened it", reviews: [review(ann)], contributors: [] }),
    switchedOff("author", {
      when: "the author opened it, and may",
      reviews: [review(ann)],
      contributors: [],
    }),
    switchedOff("author", {
      when: "the author is unknown, and may",
      author: null,
      contributors: [],
    }),
    hand("author", { when: "a bot approved", reviews: [review(robot)], contributors: [] }),
    hand("author", {
      when: "a bot approved, and everybody may",
      rule: "{ ignoring: { author: false, committer: false, co-author: false, pusher: false } }",
      reviews: [review(robot)],
    }),
    hand("author", {
      when: "a bot is listed",
      rule: "{ users: [robot] }",
      reviews: [review(robot)],
      contributors: [],
    }),
  ]);
});

describe("who is asked", () => {
  const security = "{ teams: [Acme/Security] }";
  const row = (when: string, rule: string, reviews: Review[], settles: boolean): Row => ({
    ...{ when, rule, reviews, settles },
  });
  const one = (more: Partial<Review>, who = bo) => [review(who, "approved", more)];
  check([
    row("a login in other letters", "{ users: [BO] }", one({}, { ...bo, login: "Bo" }), true),
    row("a member of the team", security, one(team("acme/security")), true),
    row("a member of another team", security, one(team("acme/web")), false),
    row("a member of a team whose name begins alike", security, one(team("acme/sec")), false),
    row("a team of another organisation", security, one(team("evil/security")), false),
    row("a member who may only read", security, one({ via: ["team:acme/security"] }), false),
    row("nobody knows of the team", security, one({}), false),
    row(
      "one of the group's teams",
      security,
      one({ via: [writes, teamsProof(["acme/security"])] }),
      true,
    ),
    row(
      "one of another group's teams",
      security,
      one({ via: [writes, teamsProof(["acme/web"])] }),
      false,
    ),
    row(
      "one of two teams, whichever",
      "{ teams: [acme/web, acme/security] }",
      one({ via: [writes, teamsProof(["acme/security", "ACME/web"])] }),
      true,
    ),
    row(
      "a proof for two teams where one is asked",
      security,
      one({ via: [writes, teamsProof(["acme/security", "acme/web"])] }),
      false,
    ),
    row(
      "a member of the organisation",
      "{ organisations: [ACME] }",
      one(organisation("acme")),
      true,
    ),
    row(
      "a member of another organisation",
      "{ organisations: [acme] }",
      one(organisation("acme-inc")),
      false,
    ),
    row("a maintainer", "{ roles: [maintain] }", one(role("maintain")), true),
    row(
      "an administrator where maintainers are asked",
      "{ roles: [maintain] }",
      one(role("admin")),
      true,
    ),
    row("a writer where maintainers are asked", "{ roles: [maintain] }", one(role("write")), false),
    row("a triager where they are asked", "{ roles: [triage] }", one(role("triage")), true),
    row("a reader where triagers are asked", "{ roles: [triage] }", one(role("read")), false),
    row(
      "a triager who is listed beside a role above",
      "{ users: [bo], roles: [maintain] }",
      one(role("triage")),
      false,
    ),
    row(
      "somebody of either list",
      "{ users: [cy], teams: [acme/security] }",
      one(team("acme/security")),
      true,
    ),
    row(
      "two of three lists",
      "{ users: [cy], teams: [acme/security], organisations: [acme], count: 2 }",
      [review(bo, "approved", team("acme/security")), review(cy, "approved", { id: "2" })],
      true,
    ),
    row(
      "one person of two lists is one",
      "{ users: [bo], teams: [acme/security], count: 2 }",
      one(team("acme/security")),
      false,
    ),
  ]);
});

describe("all, any and not", () => {
  const both = "{ all: [{ teams: [acme/security] }, { users: [cy] }] }";
  const either = "{ any: [{ teams: [acme/security] }, { users: [cy], count: 1 }] }";
  const nested =
    "{ all: [{ users: [di] }, { any: [{ users: [bo] }, { all: [{ users: [cy] }, { roles: [admin] }] }] }] }";
  const notEve = "{ teams: [acme/security], not: { users: [bo] } }";
  const notWeb = "{ not: { teams: [acme/web] } }";
  const second = { id: "2" };
  const row = (when: string, rule: string, reviews: Review[], settles: boolean): Row => ({
    ...{ when, rule, reviews, settles },
  });
  check([
    row(
      "all of two",
      both,
      [review(bo, "approved", team("acme/security")), review(cy, "approved", second)],
      true,
    ),
    row("one of two", both, [review(cy)], false),
    row("one person in both groups", both, [review(cy, "approved", team("acme/security"))], true),
    row("either", either, [review(cy)], true),
    row("neither", either, [review(di)], false),
    row("nested, by the short way", nested, [review(bo), review(di, "approved", second)], true),
    row(
      "nested, half of the long way",
      nested,
      [review(cy), review(di, "approved", second)],
      false,
    ),
    row(
      "nested, the long way",
      nested,
      [review(cy, "approved", role("admin")), review(di, "approved", second)],
      true,
    ),
    row("somebody who is left out", notEve, [review(bo, "approved", team("acme/security"))], false),
    row("somebody who is not", notEve, [review(cy, "approved", team("acme/security"))], true),
    row(
      "a member of a team that is left out",
      notWeb,
      [review(bo, "approved", team("acme/web"))],
      false,
    ),
    row("nobody knows whether they are in it", notWeb, [review(bo)], false),
    row(
      "somebody who certainly is not",
      notWeb,
      [review(bo, "approved", outsideTeam("acme/web"))],
      true,
    ),
    row(
      "somebody who certainly is in none of its teams",
      notWeb,
      [review(bo, "approved", { via: [writes, outside(teamsProof(["acme/web"]))] })],
      true,
    ),
    row(
      "not outside of all holds in each",
      "{ all: [{ users: [bo, di] }, { users: [bo, cy] }], not: { users: [bo] } }",
      [review(bo), review(cy, "approved", second)],
      false,
    ),
    row(
      "nobody knows whether they are of an organisation that is left out",
      "{ not: { organisations: [evil] } }",
      [review(bo)],
      false,
    ),
  ]);
});

describe("requests for changes", () => {
  const second = { id: "2" };
  const veto = (who: Actor, more: Partial<Review> = {}) =>
    review(who, "changes_requested", { ...second, ...more });
  const row = (
    when: string,
    reviews: Review[],
    settles: boolean,
    more: Partial<Row> = {},
  ): Row => ({
    ...{ when, rule: "{}", reviews, settles },
    ...more,
  });
  check([
    row("somebody who could approve requests changes", [review(bo), veto(cy)], false),
    row("they saw an earlier commit", [review(bo), veto(cy, earlier)], false),
    row("they did before the approval", [veto(cy, { id: "0" }), review(bo)], false),
    row("they approved since", [review(bo), veto(cy), review(cy, "approved", { id: "3" })], true),
    row(
      "they approved an earlier commit since",
      [review(bo), veto(cy), review(cy, "approved", { id: "3", ...earlier })],
      true,
    ),
    row(
      "they only commented since",
      [review(bo), veto(cy), review(cy, "commented", { id: "3" })],
      false,
    ),
    row("it was dismissed", [review(bo), review(cy, "dismissed", second)], true),
    row("they may only read", [review(bo), veto(cy, role("read"))], true),
    row("a bot requests them", [review(bo), veto(robot)], true),
    row("they are not asked", [review(bo), veto(cy)], true, { rule: "{ users: [bo] }" }),
    row("they are left out", [review(bo), veto(cy)], true, { rule: "{ not: { users: [cy] } }" }),
    row("they were made a co-author", [review(bo), veto(cy)], false, {
      contributors: [by(cy, "co-author")],
    }),
    row("nobody knows whether they are of the team", [review(bo), veto(cy)], false, {
      rule: "{ users: [bo], teams: [acme/security] }",
    }),
    row(
      "they certainly are not of the team",
      [review(bo), veto(cy, outsideTeam("acme/security"))],
      true,
      {
        rule: "{ users: [bo], teams: [acme/security] }",
      },
    ),
    row("they would be of another group", [review(bo), veto(cy)], false, {
      rule: "{ any: [{ users: [bo] }, { users: [cy] }] }",
    }),
  ]);
});

describe("what an approval saw", () => {
  const row = (
    when: string,
    more: Partial<Review>,
    settles: boolean,
    rest: Partial<Row> = {},
  ): Row => ({
    ...{ when, rule: "{}", reviews: [review(bo, "approved", more)], settles },
    ...rest,
  });
  const paths = { rule: "{ survives: paths }" };
  const two = { ...paths, files: [file("a"), file("b")] };
  const renamed = { ...paths, files: [file("b", { previousPath: "a", status: "renamed" })] };
  check([
    row("an earlier commit", earlier, false),
    row("an earlier commit in which all was the same", same, true),
    row("an earlier commit in which nobody compared", { ...earlier, sameChange: null }, false),
    row("the same change, which survives nothing", same, false, { rule: "{ survives: nothing }" }),
    row("the head, which survives nothing", {}, true, { rule: "{ survives: nothing }" }),
    row("the same change for another base branch", { ...same, retargeted: true }, false),
    row("the same paths, where all of it has to be", sameFor("a"), false),
    row("the same paths", sameFor("a"), true, paths),
    row("only one of two paths", sameFor("a"), false, two),
    row("both of two paths", sameFor("a", "b"), true, two),
    row("only the new name of a rename", sameFor("b"), false, renamed),
    row("both names of a rename", sameFor("a", "b"), true, renamed),
    row("the same change, where paths are asked", same, true, paths),
  ]);
  test("a reason about the change as a whole survives by no path", () => {
    const policy = policyOf("when: true\nunless: { approved_by: { survives: paths } }");
    const facts = factsOf({ reviews: [review(bo, "approved", sameFor("a"))] }, [file("a")]);
    expect(evaluatePolicy(policy, facts).outcome).toBe("fail");
  });
});

describe("owners", () => {
  const owned = (owners: readonly string[] | null, more: Partial<FileFact> = {}) => ({
    files: [file("a", { owners, ...more })],
  });
  const row = (when: string, settles: boolean, more: Partial<Row> = {}): Row => ({
    ...{ when, rule: "{ owners: true }", reviews: [review(bo)], settles },
    ...more,
  });
  const apart = [file("a"), file("b", { owners: ["@cy"] })];
  const moved = (previousOwners: readonly string[]) =>
    owned(["@bo"], { previousPath: "z", status: "renamed", previousOwners });
  const both = [review(bo), review(cy, "approved", { id: "2" })];
  check([
    row("an owner", true),
    row("an owner in other letters", true, { reviews: [review({ ...bo, login: "BO" })] }),
    row("somebody else", false, owned(["@cy"])),
    row("an owner who may not write", false, { reviews: [review(bo, "approved", role("read"))] }),
    row("one of several owners", true, owned(["@bo", "@cy", "x@example.org"])),
    row("a member of the team that owns it", true, {
      ...owned(["@acme/web"]),
      reviews: [review(bo, "approved", team("acme/web"))],
    }),
    row("a member of one of the teams that own it", true, {
      ...owned(["@acme/web", "@acme/db"]),
      reviews: [review(bo, "approved", { via: [writes, teamsProof(["acme/db", "acme/web"])] })],
    }),
    row("nobody owns it", false, owned([])),
    row("nobody knows who owns it", false, owned(null)),
    row("the owner of one of two files", false, { files: apart }),
    row("the owners of both files", true, { files: apart, reviews: both }),
    row("the owner of the new name alone", false, moved(["@cy"])),
    row("the owners of both names", true, { ...moved(["@cy"]), reviews: both }),
    row("the owner of a file that was nobody's under its old name", false, moved([])),
    row("two owners are asked and one approved", false, {
      rule: "{ owners: true, count: 2 }",
      ...owned(["@bo", "@cy"]),
    }),
    row("two owners approved", true, {
      rule: "{ owners: true, count: 2 }",
      ...owned(["@bo", "@cy"]),
      reviews: both,
    }),
    row("an owner is the author", false, { ...owned(["@ann"]), reviews: [review(ann)] }),
    row("somebody who is listed beside the owners", true, {
      rule: "{ owners: true, users: [bo] }",
      ...owned(["@cy"]),
    }),
    row("another owner requests changes", false, {
      ...owned(["@bo", "@cy"]),
      reviews: [review(bo), review(cy, "changes_requested", { id: "2" })],
    }),
    row("the owner of another file requests changes", false, {
      files: apart,
      reviews: [...both, review(cy, "changes_requested", { id: "3" })],
    }),
    row("the owner of one path, where those of the change are asked", false, {
      rule: "{ owners: true, scope: change }",
      files: apart,
    }),
  ]);
  test("each reason is settled by the owners of its own path, and those of the change by all", () => {
    const settledOf = (rule: string) =>
      evaluatePolicy(
        policyOf(`each: files\nmatch: { path: "**" }\nunless: { approved_by: ${rule} }`),
        factsOf({ reviews: [review(bo)] }, apart),
      ).reasons.map(({ path, settledBy }) => [path, settledBy.length]);
    expect(settledOf("{ owners: true }")).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
    expect(settledOf("{ owners: true, scope: change }")).toEqual([
      ["a", 0],
      ["b", 0],
    ]);
  });
  test("a reason about the change as a whole takes the owners of every changed path", () => {
    const policy = policyOf("when: true\nunless: { approved_by: { owners: true } }");
    const outcome = (reviews: Review[], files: readonly FileFact[]) =>
      evaluatePolicy(policy, factsOf({ reviews }, files)).outcome;
    expect(outcome([review(bo)], apart)).toBe("fail");
    expect(outcome(both, apart)).toBe("approved");
    expect(outcome([review(bo)], [])).toBe("fail");
  });
});
