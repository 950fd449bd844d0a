import { expect, test } from "vitest";
import { iamPolicy } from "../../../../rules/capabilities/iam-policy.ts";

/** `NAME LEVEL` of each principal that a statement trusts. */
function trusted(principal: unknown, condition: object = {}): string[] {
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: principal,
    Condition: condition,
  };
  const content = new TextEncoder().encode(JSON.stringify({ Statement: statement }));
  const reading = iamPolicy.read("policy.json", content);
  return reading.understood
    ? reading.capabilities.map(({ name, level }) => `${name} ${level ?? ""}`)
    : [];
}

const ORGANISATION = { StringEquals: { "aws:PrincipalOrgID": "o-a" } };
const GITHUB = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const subject = (value: string, operator = "StringLike"): object => ({
  [operator]: { "token.actions.githubusercontent.com:sub": value },
});

test.each([
  { what: "everybody", principal: "*", level: "anyone" },
  { what: "everybody of AWS", principal: { AWS: "*" }, level: "anyone" },
  { what: "a role of any account", principal: { AWS: "arn:aws:iam::*:role/a" }, level: "anyone" },
  {
    what: "everybody of one organisation",
    principal: "*",
    condition: ORGANISATION,
    level: "account",
  },
  {
    what: "everybody but one organisation",
    principal: "*",
    condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a" } },
    level: "anyone",
  },
  {
    what: "everybody of one organisation, if they say so",
    principal: "*",
    condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a" } },
    level: "anyone",
  },
  {
    what: "everybody of any organisation",
    principal: "*",
    condition: { StringLike: { "aws:PrincipalOrgID": "*" } },
    level: "anyone",
  },
  { what: "an account", principal: { AWS: "123456789012" }, level: "account" },
  {
    what: "a role of the same configuration",
    principal: { AWS: "${aws_iam_role.a.arn}" },
    level: "internal",
  },
  {
    what: "the own account",
    principal: { AWS: "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" },
    level: "internal",
  },
  {
    what: "an account with the own one's words in its role",
    principal: {
      AWS: "arn:aws:iam::123456789012:role/${data.aws_caller_identity.current.account_id}",
    },
    level: "account",
  },
  { what: "a service", principal: { Service: "ec2.amazonaws.com" }, level: "internal" },
  { what: "a public provider", principal: { Federated: GITHUB }, level: "anyone" },
  {
    what: "all of a public provider",
    principal: { Federated: GITHUB },
    condition: subject("repo:*"),
    level: "anyone",
  },
  {
    what: "one repository",
    principal: { Federated: GITHUB },
    condition: subject("repo:a/b:*"),
    level: "federated",
  },
  {
    what: "one repository, or nothing",
    principal: { Federated: GITHUB },
    condition: subject("repo:a/b:*", "ForAllValues:StringLike"),
    level: "anyone",
  },
  {
    what: "a reference that is asked for the audience of a public provider alone",
    principal: { Federated: "${var.provider}" },
    condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
    level: "anyone",
  },
  {
    what: "a provider of one's own",
    principal: { Federated: "arn:aws:iam::123456789012:saml-provider/a" },
    level: "federated",
  },
])("$what is trusted as $level", ({ principal, condition, level }) => {
  expect(trusted(principal, condition).map((one) => one.split(" ").at(-1))).toEqual([level]);
});
