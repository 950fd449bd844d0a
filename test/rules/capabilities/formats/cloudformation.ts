import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "template.yaml";

function pair(base: string, head: string) {
  return { base: { [PATH]: base }, head: { [PATH]: head } };
}

function template(resources: string): string {
  return `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n${resources}`;
}

const role = (inner: string): string =>
  template(`  Role:
    Type: AWS::IAM::Role
    Properties:
${inner}      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
`);

const policies = (action: string, resource = "!Sub arn:aws:s3:::${Name}/*"): string =>
  role(`      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, ${action}]
                Resource: ${resource}
`);

const group = (network: string): string =>
  template(`  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${network} }
`);

const bucket = (properties: string): string =>
  template(`  Bucket:
    Type: AWS::S3::Bucket
    Properties:
${properties}`);

const queue = (whom: string): string =>
  template(`  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      PolicyDocument:
        Statement:
          - { Effect: Allow, Action: "sqs:SendMessage", Principal: "${whom}", Resource: "*" }
          - { Effect: Deny, Action: "sqs:*", Principal: "*", Resource: "*" }
`);

export const cloudformationSamples: FormatSamples = {
  reader: "cloudformation",
  files: [
    { path: PATH, text: policies("s3:PutObject"), movedTo: "infrastructure/api.cfn.yaml" },
    { path: "cloudformation/queue.yml", text: queue("123456789012") },
    {
      path: "serverless.yml",
      text: "provider:\n  iamRoleStatements:\n    - { Effect: Allow, Action: 's3:*', Resource: '*' }\n",
    },
  ],
  gains: [
    {
      what: "a role may do more",
      kind: "iam.allow",
      ...pair(policies("s3:getobject"), policies("iam:PassRole")),
    },
    {
      what: "a policy of AWS's is attached",
      kind: "iam.attachment",
      ...pair(
        role(""),
        role("      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n"),
      ),
    },
    {
      what: "a boundary is taken away",
      kind: "iam.boundary",
      ...pair(role("      PermissionsBoundary: !Ref Boundary\n"), role("")),
    },
    {
      what: "a queue is open to everybody",
      kind: "iam.trust",
      ...pair(queue("123456789012"), queue("*")),
    },
    {
      what: "a port is open to the world",
      kind: "network.open",
      ...pair(group("10.0.0.0/8"), group("0.0.0.0/0")),
    },
    {
      what: "a bucket is public",
      kind: "cloud.public",
      ...pair(
        bucket("      AccessControl: Private\n"),
        bucket("      AccessControl: PublicRead\n"),
      ),
    },
  ],
  losses: [
    {
      what: "a denial is gone",
      kind: "iam.deny",
      ...pair(queue("a"), queue("a").replace(/ +- \{ Effect: Deny.*\n/u, "")),
    },
    {
      what: "a bucket may become public",
      kind: "cloud.guard",
      ...pair(
        bucket("      PublicAccessBlockConfiguration: { BlockPublicAcls: true }\n"),
        bucket("      BucketName: a\n"),
      ),
    },
  ],
  nothing: [
    {
      what: "a function is written as a map, and a text is joined",
      ...pair(
        policies("s3:PutObject"),
        policies("s3:putobject", '{ "Fn::Join": ["", ["arn:aws:s3:::", { Ref: Name }, "/*"]] }'),
      ),
    },
    {
      what: "a role is renamed",
      ...pair(policies("s3:PutObject"), policies("s3:PutObject").replace("  Role:", "  Worker:")),
    },
    {
      what: "a file is of another format",
      ...pair("kind: A\n", "kind: {{ .Values.a }}\n{{ end }}\n"),
    },
  ],
  adversaries: [
    {
      what: "a template with very many resources",
      path: PATH,
      write: (bytes) =>
        template(
          numbered(
            bytes,
            (n) => `  R${n}: { Type: "AWS::IAM::Role", Properties: { ManagedPolicyArns: [a] } }\n`,
          ),
        ),
    },
    {
      what: "a template with a text that names another one very often",
      path: PATH,
      write: (bytes) =>
        template(
          `  R: { Type: "AWS::S3::Bucket", Properties: { A: { "Fn::Sub": ["${fill("${A}", bytes / 2)}", { A: "${fill("a", bytes / 2)}" }] } } }\n`,
        ),
    },
    {
      what: "a template with joins in joins",
      path: PATH,
      write: (bytes) =>
        template(
          `  R: { Type: "AWS::S3::Bucket", Properties: { A: ${fill('{"Fn::Join": ["", [', 40 * 20)}"${fill("a", bytes)}"${fill("]]}", 40 * 3)} } }\n`,
        ),
    },
    {
      what: "a template with very many rules",
      path: PATH,
      write: (bytes) =>
        template(
          `  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n${numbered(bytes, (n) => `        - { IpProtocol: tcp, FromPort: ${n}, CidrIp: 0.0.0.0/0 }\n`)}`,
        ),
    },
  ],
};
