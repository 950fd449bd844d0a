import { expect, test } from "vitest";
import { cloudformation } from "../../../rules/capabilities/cloudformation.ts";

function granted(text: string, path = "template.yaml"): string[] {
  const reading = cloudformation.read(path, new TextEncoder().encode(text));
  if (!reading.understood) return [`refused ${reading.code} ${reading.line ?? "-"}`];
  return reading.capabilities.map(
    ({ kind, name, level, holder, line }) => `${kind} ${name} ${level ?? "-"} ${holder}:${line}`,
  );
}

test.each([
  { path: "template.yaml", claim: "grants" },
  { path: "a/template.json", claim: "grants" },
  { path: "a/vpc.cfn.yml", claim: "grants" },
  { path: "serverless.yml", claim: "grants" },
  { path: "testdata/template.yaml", claim: "resembles" },
  { path: "{{cookiecutter.name}}/template.yaml", claim: "resembles" },
  { path: "vpc.template", claim: "resembles" },
  { path: "template-prod.yaml", claim: "resembles" },
  { path: "infra/cloudformation/vpc.yaml", claim: "resembles" },
  { path: "charts/a/templates/role.yaml", claim: "resembles" },
  { path: "deploy.yaml", claim: "resembles" },
  { path: "locales/en.yaml", claim: null },
  { path: "deploy.json", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(cloudformation.claims(path)).toBe(claim);
});

test.each([
  {
    what: "a key twice",
    text: "Resources:\n  A: { Type: AWS::S3::Bucket }\n  A: {}\n",
    refused: ["refused duplicate-key 3"],
  },
  {
    what: "a key twice in JSON",
    text: '{"Resources":{"A":{"Type":"AWS::S3::Bucket"},\n"A":1}}',
    refused: ["refused duplicate-key 2"],
  },
  { what: "no YAML", text: "a: [AWS::S3::Bucket\n", refused: ["refused not-yaml 2"] },
  { what: "no YAML, and nothing of AWS's", text: "a: {{ .Values.a }}\n{{ end }}\n", refused: [] },
  {
    what: "no YAML, and a word in escapes",
    text: 'a: ["\\x41WS::IAM::Policy"\n',
    refused: ["refused not-yaml 2"],
  },
  {
    what: "no YAML, and the Serverless Framework's statements",
    text: "provider: { iam: { role: { statements: [\n",
    refused: ["refused not-yaml 2"],
  },
  { what: "another format", text: "kind: Role\nrules: []\n", refused: [] },
])("$what gives $refused", ({ text, refused }) => {
  expect(granted(text)).toEqual(refused);
});

const policy = (resource: string, action = "s3:PutObject"): string => `Resources:
  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: ${action}
            Resource: ${resource}
`;

test.each([
  { written: "!Sub arn:aws:s3:::${Name}/*", text: "arn:aws:s3:::${Name}/*" },
  {
    written: '{ "Fn::Sub": ["arn:aws:s3:::${A}/*", { A: !Ref Name }] }',
    text: "arn:aws:s3:::${Name}/*",
  },
  { written: '!Join ["", ["arn:aws:s3:::", !Ref Name, "/*"]]', text: "arn:aws:s3:::${Name}/*" },
  { written: "!GetAtt Bucket.Arn", text: "${Bucket.Arn}" },
  { written: "{ Fn::GetAtt: [Bucket, Arn] }", text: "${Bucket.Arn}" },
  { written: "!If [C, a, b]", text: "a, b" },
  { written: "!If [C, a, !Ref AWS::NoValue]", text: "a" },
  { written: '!Split [",", "a,b"]', text: "a, b" },
  { written: "!ImportValue x", text: '${!ImportValue "x"}' },
])("the resource $written is $text", ({ written, text }) => {
  const reading = cloudformation.read("template.yaml", new TextEncoder().encode(policy(written)));
  const [first] = reading.understood ? reading.capabilities : [];
  expect(first?.context).toBe(`on ${text}`);
});

test.each([
  { what: "a template", text: policy("'*'"), told: ["iam.allow s3:putobject write P:8"] },
  {
    what: "a template that is no YAML",
    text: "AWSTemplateFormatVersion: 2010-09-09\nResources: [\n",
    told: ["refused not-yaml 3"],
  },
  { what: "no YAML that speaks of AWS", text: "a: [AWS::S3::Bucket\n", told: [] },
  { what: "anything else", text: "a: {{ b }}\n", told: [] },
])("$what in a file of any name gives $told", ({ text, told }) => {
  expect(granted(text, "deploy.yaml")).toEqual(told);
});

test("what stands for a name in a text does not hide in it", () => {
  const told = granted(policy('"*"', '!Sub ["${A}:*", { A: iam }]'));
  expect(told).toEqual(["iam.allow iam:* all P:8"]);
});

test("a text that would become very long stays what it is", () => {
  const names = "${A}".repeat(4_000);
  const told = granted(policy('"*"', `!Sub ["${names}", { A: ${"a".repeat(1_000)} }]`));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("iam.allow ${!Sub");
});

test.each([
  {
    what: "resources that are repeated",
    text: "Resources:\n  Fn::ForEach::A:\n    - X\n    - [a]\n    - G${X}:\n        Type: AWS::IAM::Group\n        Properties: { ManagedPolicyArns: [a] }\n",
    told: ["iam.attachment a other G${X}:7"],
  },
  {
    what: "SAM's own policies",
    text: "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - AmazonS3FullAccess\n        - S3ReadPolicy: { BucketName: !Ref B }\n",
    told: ["iam.attachment AmazonS3FullAccess all F:6", "iam.attachment S3ReadPolicy other F:7"],
  },
  {
    what: "statements of the Serverless Framework",
    text: "provider:\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: [s3:*]\n          Resource: '*'\n",
    told: ["iam.allow s3:* all provider:6"],
  },
  {
    what: "who may call a function",
    text: "Resources:\n  C:\n    Type: AWS::Lambda::Permission\n    Properties: { Action: lambda:InvokeFunction, Principal: '*' }\n",
    told: ["iam.trust * anyone C:4"],
  },
  {
    what: "a parameter's default",
    text: "Parameters:\n  From:\n    Default: 0.0.0.0/0\n  Policy:\n    Default: arn:aws:iam::aws:policy/AdministratorAccess\n  Other:\n    Default: 10.0.0.0/8\nResources: {}\n",
    told: ["network.open From other From:3", "iam.attachment AdministratorAccess all Policy:5"],
  },
  {
    what: "a function's address",
    text: "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: { AuthType: NONE }\n",
    told: ["cloud.public address without authorization reachable U:4"],
  },
  {
    what: "a policy that is a text",
    text: 'Resources:\n  O:\n    Type: AWS::Organizations::Policy\n    Properties:\n      Content: |\n        {"Statement":\n          {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}\n',
    told: ["iam.deny s3:* on * - O:7"],
  },
  {
    what: "a list of a subnet",
    text: "Resources:\n  N:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: { RuleAction: allow, Protocol: -1, CidrBlock: 0.0.0.0/0 }\n",
    told: ["network.open all other N:4"],
  },
  {
    what: "what goes out",
    text: "Resources:\n  N:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: { RuleAction: allow, Egress: true, CidrBlock: 0.0.0.0/0 }\n",
    told: [],
  },
])("of $what is told: $told", ({ text, told }) => {
  expect(granted(text)).toEqual(told);
});
