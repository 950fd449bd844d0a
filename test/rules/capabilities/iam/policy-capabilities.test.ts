import { expect, test } from "vitest";
import { diffOf, shown } from "../changes.ts";

const PATH = "policies/a.json";
const file = (statements: readonly object[]): string => JSON.stringify({ Statement: statements });

function deltas(base: readonly object[], head: readonly object[]): string[] {
  return diffOf({ [PATH]: file(base) }, { [PATH]: file(head) }).map((fact) =>
    shown(fact).replace(/ a\.json:\d+$/u, ""),
  );
}

const ALLOW = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::a/b/*" };
const DENY = { ...ALLOW, Effect: "Deny" };
const RED = { StringEquals: { "aws:PrincipalTag/team": "red" } };
const EXCEPT = { ...ALLOW, NotPrincipal: { AWS: "123456789012" } };
const MANY = { ...EXCEPT, Action: Array.from({ length: 2_100 }, (_, n) => `s3:Get${n}`) };
const raised = ["raised policy s3:putobject write→write"];
const lowered = ["lowered policy s3:putobject write→write"];

test.each([
  {
    what: "a wider resource raises",
    base: ALLOW,
    head: { ...ALLOW, Resource: "arn:aws:s3:::a/*" },
    deltas: raised,
  },
  {
    what: "a narrower resource lowers",
    base: { ...ALLOW, Resource: "*" },
    head: ALLOW,
    deltas: lowered,
  },
  {
    what: "another resource raises",
    base: ALLOW,
    head: { ...ALLOW, Resource: ["arn:aws:s3:::a/b/*", "arn:aws:s3:::c"] },
    deltas: raised,
  },
  { what: "a condition lowers", base: ALLOW, head: { ...ALLOW, Condition: RED }, deltas: lowered },
  {
    what: "a condition less raises",
    base: { ...ALLOW, Condition: RED },
    head: ALLOW,
    deltas: raised,
  },
  {
    what: "a value more raises",
    base: { ...ALLOW, Condition: RED },
    head: { ...ALLOW, Condition: { StringEquals: { "aws:PrincipalTag/team": ["red", "blue"] } } },
    deltas: raised,
  },
  {
    what: "a value that a pattern held lowers",
    base: { ...ALLOW, Condition: { StringLike: { "aws:SourceArn": "arn:aws:sns:*" } } },
    head: { ...ALLOW, Condition: { StringEquals: { "AWS:SourceArn": "arn:aws:sns:eu-west-1:a" } } },
    deltas: lowered,
  },
  {
    what: "a value less that must not be raises",
    base: { ...ALLOW, Condition: { StringNotEquals: { a: ["b", "c"] } } },
    head: { ...ALLOW, Condition: { StringNotEquals: { a: ["b"] } } },
    deltas: raised,
  },
  {
    what: "a sign that an equal value takes as it is bounds nothing",
    base: { ...ALLOW, Condition: { StringEquals: { a: "b/*" } } },
    head: { ...ALLOW, Condition: { StringEquals: { a: "b/c" } } },
    deltas: raised,
  },
  {
    what: "a value more that all requests may have raises",
    base: { ...ALLOW, Condition: { "ForAllValues:StringEquals": { a: ["b"] } } },
    head: { ...ALLOW, Condition: { "ForAllValues:StringEquals": { a: ["b", "c"] } } },
    deltas: raised,
  },
  {
    what: "the same in other letters is nothing",
    base: ALLOW,
    head: { ...ALLOW, Action: "S3:putobject" },
    deltas: [],
  },
  {
    what: "what a pattern held is written out: the pattern goes, and nothing comes",
    base: { ...ALLOW, Action: "s3:*" },
    head: { ...ALLOW, Action: ["s3:PutObject", "s3:GetObject"] },
    deltas: ["removed policy s3:* all→-"],
  },
  {
    what: "what a pattern held on less is written out on more",
    base: { ...ALLOW, Action: "s3:*" },
    head: { ...ALLOW, Resource: "*" },
    deltas: ["added policy s3:putobject -→write", "removed policy s3:* all→-"],
  },
  {
    what: "all actions but some are all",
    base: ALLOW,
    head: { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    deltas: ["added policy * -→all", "removed policy s3:putobject write→-"],
  },
  {
    what: "all resources but some are all",
    base: ALLOW,
    head: { Effect: "Allow", Action: "s3:PutObject", NotResource: "arn:aws:s3:::a" },
    deltas: raised,
  },
  {
    what: "everybody but some is everybody",
    base: ALLOW,
    head: { ...ALLOW, Resource: [], Principal: undefined, NotPrincipal: { AWS: "123456789012" } },
    deltas: ["removed policy s3:putobject write→-", "added policy * -→anyone"],
  },
  {
    what: "one exception less from everybody raises",
    base: { ...EXCEPT, NotPrincipal: { AWS: ["123456789012", "210987654321"] } },
    head: EXCEPT,
    deltas: ["raised policy * anyone→anyone"],
  },
  {
    what: "one exception less from everybody raises, of more actions than are told one by one",
    base: { ...MANY, NotPrincipal: { AWS: ["123456789012", "210987654321"] } },
    head: MANY,
    deltas: ["raised policy * anyone→anyone"],
  },
  {
    what: "a key in other letters is the same key",
    base: ALLOW,
    head: { effect: "Allow", action: "s3:PutObject", resource: ALLOW.Resource },
    deltas: [],
  },
  {
    what: "an added denial",
    base: ALLOW,
    head: DENY,
    deltas: [
      "added policy s3:putobject on arn:aws:s3:::a/b/* -→-",
      "removed policy s3:putobject write→-",
    ],
  },
  {
    what: "a denial that becomes wider loses nothing",
    base: DENY,
    head: { ...DENY, Action: "s3:*" },
    deltas: ["added policy s3:* on arn:aws:s3:::a/b/* -→-"],
  },
  {
    what: "a denial of another resource is no denial of this one",
    base: DENY,
    head: { ...DENY, Resource: "arn:aws:s3:::z" },
    deltas: [
      "added policy s3:putobject on arn:aws:s3:::z -→-",
      "removed policy s3:putobject on arn:aws:s3:::a/b/* -→-",
    ],
  },
  {
    what: "a denial with an exception more",
    base: { ...DENY, Action: undefined, NotAction: ["a:b"] },
    head: { ...DENY, Action: undefined, NotAction: ["a:b", "c:d"] },
    deltas: ["lowered policy * on arn:aws:s3:::a/b/* -→-"],
  },
])("$what", ({ base, head, deltas: expected }) => {
  expect(deltas([base], [head]).sort()).toEqual([...expected].sort());
});

test("a raise stands where the resource is written", () => {
  const written = (resources: readonly string[]): string =>
    JSON.stringify({ Statement: [{ ...ALLOW, Resource: resources }] }, null, 1);
  const [fact] = diffOf({ [PATH]: written(["x"]) }, { [PATH]: written(["x", "y"]) });
  expect(written(["x", "y"]).split("\n")[(fact?.line ?? 0) - 1]).toContain('"y"');
});

test("a grant that goes to another policy of the same file is new there", () => {
  const template = (first: string, second: string): string =>
    JSON.stringify({
      Resources: Object.fromEntries(
        [first, second].map((action, n) => [
          `P${n}`,
          {
            Type: "AWS::IAM::Policy",
            Properties: {
              PolicyDocument: { Statement: { Effect: "Allow", Action: action, Resource: "*" } },
            },
          },
        ]),
      ),
    });
  const found = diffOf(
    { "template.json": template("iam:PassRole", "s3:GetObject") },
    { "template.json": template("s3:GetObject", "iam:PassRole") },
  );
  expect(
    found.filter(({ delta }) => delta === "added").map(({ holder, name }) => `${holder} ${name}`),
  ).toContain("P1 iam:passrole");
});

test("two files that swap their policies are each given the other's", () => {
  const [strong, weak] = [file([{ ...ALLOW, Action: "iam:PassRole" }]), file([ALLOW])];
  const found = diffOf(
    { "iam/a.json": strong, "iam/b.json": weak },
    { "iam/a.json": weak, "iam/b.json": strong },
  );
  expect(
    found.filter(({ delta }) => delta === "added").map(({ path, name }) => `${path} ${name}`),
  ).toEqual(["iam/a.json s3:putobject", "iam/b.json iam:passrole"]);
});

test("of more ways than are told apart, any other is a raise", () => {
  const many = (last: string): object => ({
    ...ALLOW,
    Resource: [...Array.from({ length: 80 }, (_, n) => `r${n}`), last],
  });
  expect(deltas([many("a")], [many("b")])).toEqual(raised);
  expect(deltas([many("a")], [many("a")])).toEqual([]);
});
