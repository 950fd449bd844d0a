import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "policies/deploy.json";

function file(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}

function pair(base: readonly object[], head: readonly object[]) {
  return { base: { [PATH]: file(...base) }, head: { [PATH]: file(...head) } };
}

const READ = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };
const WRITE = {
  Effect: "Allow",
  Action: ["s3:PutObject", "s3:DeleteObject"],
  Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
  Condition: { StringEquals: { "aws:PrincipalTag/team": ["red", "blue"] } },
};
const TRUST = {
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { AWS: ["123456789012"], Service: "ec2.amazonaws.com" },
};
const DENY = {
  Effect: "Deny",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export const iamPolicySamples: FormatSamples = {
  reader: "iam-policy",
  files: [{ path: PATH, text: file(READ, WRITE, TRUST, DENY), movedTo: "iam/deploy-policy.json" }],
  gains: [
    {
      what: "an action is added",
      kind: "iam.allow",
      ...pair([READ], [{ ...READ, Action: ["s3:GetObject", "s3:PutObject"] }]),
    },
    {
      what: "an action becomes a pattern",
      kind: "iam.allow",
      ...pair([READ], [{ ...READ, Action: "s3:*" }]),
    },
    {
      what: "a resource is widened",
      kind: "iam.allow",
      ...pair([READ], [{ ...READ, Resource: "arn:aws:s3:::*" }]),
    },
    {
      what: "a condition is taken away",
      kind: "iam.allow",
      ...pair([WRITE], [{ ...WRITE, Condition: {} }]),
    },
    {
      what: "a condition takes another value",
      kind: "iam.allow",
      ...pair(
        [WRITE],
        [
          {
            ...WRITE,
            Condition: { StringEquals: { "aws:PrincipalTag/team": ["red", "blue", "green"] } },
          },
        ],
      ),
    },
    {
      what: "all actions but some are allowed, and then one more",
      kind: "iam.allow",
      ...pair(
        [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }],
        [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }],
      ),
    },
    {
      what: "everybody is trusted",
      kind: "iam.trust",
      ...pair(
        [TRUST],
        [{ ...TRUST, Principal: { AWS: ["123456789012", "*"], Service: "ec2.amazonaws.com" } }],
      ),
    },
  ],
  losses: [
    {
      what: "a denial is gone",
      kind: "iam.deny",
      ...pair([READ, DENY], [READ]),
    },
    {
      what: "a denial asks for more",
      kind: "iam.deny",
      ...pair(
        [READ, DENY],
        [
          READ,
          {
            ...DENY,
            Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
          },
        ],
      ),
    },
  ],
  nothing: [
    {
      what: "a statement is split, its parts are put in another order, and one gets an id",
      ...pair(
        [READ, WRITE],
        [
          { ...WRITE, Action: "s3:deleteobject" },
          { ...WRITE, Action: "S3:PutObject", Sid: "Put" },
          { ...READ, Sid: "Get" },
        ],
      ),
    },
    {
      what: "an account is written as its root, and the partition is asked for",
      ...pair(
        [{ ...TRUST, Principal: { AWS: "123456789012" } }],
        [{ ...TRUST, Principal: { AWS: ["arn:aws:iam::123456789012:root"] } }],
      ),
    },
    {
      what: "JSON has no statement",
      base: { [PATH]: "{}" },
      head: { [PATH]: '{"Action":"x","name":"s3:*"}' },
    },
  ],
  adversaries: [
    {
      what: "a policy with very many actions on as many resources",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[{"Effect":"Allow","Action":[${numbered(bytes / 2, (n) => `"s3:Get${n}",`)}"s3:Put"],"Resource":[${numbered(bytes / 2, (n) => `"arn:aws:s3:::b${n}/a",`)}"*"]}]}`,
    },
    {
      what: "a policy with one action in very many statements",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[${numbered(bytes, (n) => `{"Effect":"Allow","Action":"s3:Get","Resource":"arn:${n}"},`)}{}]}`,
    },
    {
      what: "a policy with very many denials",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[${numbered(bytes, (n) => `{"Effect":"Deny","Action":["a:b","c:d"],"Resource":["x${n}","y"]},`)}{}]}`,
    },
    {
      what: "a policy with conditions of very many values",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*","Condition":{"StringLike":{"a":[${numbered(bytes, (n) => `"v${n}",`)}"w"]}}}]}`,
    },
    {
      what: "a policy with a resource of very many parts",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":["${fill("a/", bytes)}"]}]}`,
    },
    {
      what: "a policy with very many principals and actions",
      path: PATH,
      write: (bytes) =>
        `{"Statement":[{"Effect":"Allow","Principal":{"AWS":[${numbered(bytes / 2, (n) => `"p${n}",`)}"q"]},"Action":[${numbered(bytes / 2, (n) => `"a:${n}",`)}"b:c"]}]}`,
    },
  ],
};
