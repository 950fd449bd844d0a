import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "main.tf";

function pair(base: string, head: string) {
  return { base: { [PATH]: base }, head: { [PATH]: head } };
}

const statement = (actions: string, more = ""): string => `statement {
    actions   = [${actions}]
    resources = ["arn:aws:s3:::a/*"]
${more}  }`;
const document = (inner: string): string => `data "aws_iam_policy_document" "deploy" {
  ${inner}
}
`;
const CONDITION = `    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["red"]
    }
`;
const trust = (identifiers: string): string => `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [${identifiers}]
    }
  }
}
`;
const DENY = `statement {
    effect    = "Deny"
    actions   = ["s3:DeleteBucket"]
    resources = ["*"]
  }`;
const group = (cidr: string): string => `resource "aws_security_group" "web" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["${cidr}"]
  }
}
`;
const role = (more: string): string => `resource "aws_iam_role" "deploy" {
  name = "deploy"
${more}}
`;
const attached = (name: string): string => `resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/${name}"
}
`;
const member = (
  role: string,
  who: string,
): string => `resource "google_project_iam_member" "deploy" {
  project = "acme"
  role    = "${role}"
  member  = "${who}"
}
`;
const bucket = (block: string): string => `resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = "logs"
${block}}
`;
const module = (source: string, version: string): string => `module "vpc" {
  source  = "${source}"
${version}}
`;

export const terraformSamples: FormatSamples = {
  reader: "terraform",
  files: [
    {
      path: PATH,
      text: document(statement('"s3:GetObject"', CONDITION)) + trust('"123456789012"'),
      movedTo: "iam/deploy.tofu",
    },
    {
      path: "main.tf.json",
      text: JSON.stringify({
        resource: {
          aws_iam_role: {
            a: {
              name: "a",
              assume_role_policy:
                '${jsonencode({Statement = [{Effect = "Allow", Action = "sts:AssumeRole", Principal = "*"}]})}',
            },
          },
        },
        module: { b: { source: "./b" } },
      }),
    },
    {
      path: ".terraform.lock.hcl",
      text: `provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n  hashes  = ["h1:a=", "zh:b"]\n}\n`,
    },
  ],
  gains: [
    {
      what: "an action is added",
      kind: "iam.allow",
      ...pair(
        document(statement('"s3:GetObject"')),
        document(statement('"s3:GetObject", "iam:PassRole"')),
      ),
    },
    {
      what: "a condition is taken away",
      kind: "iam.allow",
      ...pair(
        document(statement('"s3:GetObject"', CONDITION)),
        document(statement('"s3:GetObject"')),
      ),
    },
    {
      what: "another account is trusted",
      kind: "iam.trust",
      ...pair(trust('"123456789012"'), trust('"123456789012", "210987654321"')),
    },
    {
      what: "a policy is attached",
      kind: "iam.attachment",
      ...pair(role(""), role("") + attached("AdministratorAccess")),
    },
    {
      what: "a boundary is taken away",
      kind: "iam.boundary",
      ...pair(role("  permissions_boundary = var.boundary\n"), role("")),
    },
    {
      what: "a port is open to the world",
      kind: "network.open",
      ...pair(group("10.0.0.0/8"), group("0.0.0.0/0")),
    },
    {
      what: "a role is given",
      kind: "cloud.role",
      ...pair("", member("roles/owner", "user:ann@acme.dev")),
    },
    {
      what: "everybody has a role",
      kind: "cloud.public",
      ...pair("", member("roles/run.invoker", "allUsers")),
    },
    {
      what: "a command runs where Terraform does",
      kind: "terraform.command",
      ...pair(
        'resource "null_resource" "a" {}\n',
        'resource "null_resource" "a" {\n  provisioner "local-exec" {\n    command = "make"\n  }\n}\n',
      ),
    },
    {
      what: "the state goes elsewhere",
      kind: "terraform.backend",
      ...pair("terraform {\n}\n", 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}\n'),
    },
    {
      what: "a version may move further",
      kind: "dependency.range",
      ...pair(module("a/b/aws", '  version = "~> 5.0"\n'), module("a/b/aws", "")),
    },
    {
      what: "a module comes from a git repository",
      kind: "dependency.source",
      ...pair(
        module("a/b/aws", '  version = "5.0.0"\n'),
        module("git::https://example.org/b.git?ref=v1.0.0", ""),
      ),
    },
  ],
  losses: [
    {
      what: "a denial is gone",
      kind: "iam.deny",
      ...pair(
        document(`${statement('"s3:GetObject"')}\n  ${DENY}`),
        document(statement('"s3:GetObject"')),
      ),
    },
    {
      what: "a bucket may become public",
      kind: "cloud.guard",
      ...pair(bucket("  block_public_acls = true\n"), bucket("")),
    },
  ],
  nothing: [
    {
      what: "a statement is made by a dynamic block",
      ...pair(
        document(statement('"s3:GetObject"')),
        document(`dynamic "statement" {
    for_each = var.enabled ? [1] : []
    content {
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::a/*"]
    }
  }`),
      ),
    },
    {
      what: "a statement is split, and its actions get a name",
      ...pair(
        document(statement('"s3:GetObject", "s3:PutObject"')),
        `locals {\n  put = ["s3:PutObject"]\n}\n${document(`${statement("")}\n  ${statement('"s3:GetObject"')}`).replace("[]", "local.put")}`,
      ),
    },
    {
      what: "a document of blocks becomes JSON in another resource",
      ...pair(
        document(statement('"s3:GetObject"', CONDITION)),
        `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "arn:\${local.partition}:s3:::a/*"
      Condition = { StringEquals = { "aws:PrincipalTag/team" = ["red"] } }
    }
  })
}
`,
      ),
    },
    {
      what: "a document is renamed",
      ...pair(trust('"123456789012"'), trust('"123456789012"').replace('"trust"', '"assume"')),
    },
    {
      what: "what is made is none",
      ...pair("", member("roles/owner", "user:ann@acme.dev").replace("{", "{\n  count = 0")),
    },
  ],
  adversaries: [
    {
      what: "very many statements",
      path: PATH,
      write: (bytes) => document(numbered(bytes, (n) => `${statement(`"s3:Get${n}"`)}\n`)),
    },
    {
      what: "calls in calls around JSON",
      path: PATH,
      write: (bytes) =>
        `a "b" "c" {\n  d = ${fill("f({ g = ", 30 * 8)}"${fill("a", bytes)}"${fill("})", 30 * 2)}\n}\n`,
    },
    {
      what: "a local that is used very often",
      path: PATH,
      write: (bytes) =>
        `locals {\n  a = [${numbered(bytes / 2, (n) => `"s3:Get${n}",`)}]\n}\n${document(numbered(bytes / 2, () => "statement {\n actions = local.a\n resources = []\n}\n"))}`,
    },
    {
      what: "a heredoc of JSON with very many interpolations",
      path: PATH,
      write: (bytes) =>
        `resource "a" "b" {\n  policy = <<E\n{"Statement":[{"Effect":"Allow","Action":[${fill('"${a}",\n', bytes)}"b"],"Resource":"*"}]}\nE\n}\n`,
    },
    {
      what: "JSON with very many templates",
      path: "main.tf.json",
      write: (bytes) => `{"resource":{"a":{"b":{"c":[${fill('"${a}_x",', bytes)}""]}}}}`,
    },
    {
      what: "very many providers",
      path: PATH,
      write: (bytes) =>
        `terraform {\n  required_providers {\n${numbered(bytes, (n) => `    p${n} = { source = "a/p${n}", version = "~> 1" }\n`)}  }\n}\n`,
    },
  ],
};
