import { expect, test } from "vitest";
import { terraform } from "../../../../rules/capabilities/terraform.ts";

function taken(text: string, path = "main.tf") {
  const reading = terraform.read(path, new TextEncoder().encode(text));
  return reading.understood ? (reading.dependencies ?? []) : [];
}

test.each([
  { source: "./a", from: "path:./a", name: "./a", version: null, range: undefined },
  { source: "a/b/aws", from: "registry:terraform", name: "a/b/aws", version: null, range: "open" },
  {
    source: "a/b/aws//c",
    from: "registry:terraform",
    name: "a/b/aws",
    version: null,
    range: "open",
  },
  {
    source: "app.example.org/a/b/aws",
    from: "registry:app.example.org",
    name: "a/b/aws",
    version: null,
    range: "open",
  },
  {
    source: "github.com/a/b",
    from: "git:github.com/a/b",
    name: "github.com/a/b",
    version: null,
    range: "open",
  },
  {
    source: "github.com/a/b//c?ref=v1.2.0",
    from: "git:github.com/a/b",
    name: "github.com/a/b",
    version: "v1.2.0",
    range: "bounded",
  },
  {
    source: "git@github.com:a/b.git?ref=main",
    from: "git:github.com/a/b",
    name: "github.com/a/b",
    version: "main",
    range: "open",
  },
  {
    source:
      "git::https://example.org/a.git//c?depth=1&ref=0123456789abcdef0123456789abcdef01234567",
    from: "git:example.org/a",
    name: "example.org/a",
    version: "0123456789abcdef0123456789abcdef01234567",
    range: "exact",
  },
  {
    source: "a.s3.amazonaws.com/b.zip?x=1",
    from: "url:a.s3.amazonaws.com/b.zip",
    name: "a.s3.amazonaws.com/b.zip",
    version: null,
    range: "open",
  },
  { source: "/a/b/c", from: "path:/a/b/c", name: "/a/b/c", version: null, range: undefined },
  {
    source: "file:///a",
    from: "path:file:///a",
    name: "file:///a",
    version: null,
    range: undefined,
  },
  {
    source: "a.example.org/b/c",
    from: "url:a.example.org/b/c",
    name: "a.example.org/b/c",
    version: null,
    range: "open",
  },
  {
    source: "https://example.org/a.zip?x=1",
    from: "url:example.org/a.zip",
    name: "example.org/a.zip",
    version: null,
    range: "open",
  },
])(
  "a module from $source comes from $from, and its version is $range",
  ({ source, from, ...rest }) => {
    const [module] = taken(`module "m" {\n  source = "${source}"\n}\n`);
    expect(module).toMatchObject({
      source: { text: from },
      name: rest.name,
      version: rest.version,
    });
    expect(module?.range).toBe(rest.range);
  },
);

test.each([
  { version: "5.1.0", range: "exact" },
  { version: "= 5.1.0", range: "exact" },
  { version: "~> 5.0", range: "bounded" },
  { version: ">= 5.0, < 6.0", range: "bounded" },
  { version: ">= 5.0", range: "open" },
  { version: "!= 5.0", range: "open" },
])("the constraint $version is $range", ({ version, range }) => {
  const [module] = taken(`module "m" {\n  source  = "a/b/c"\n  version = "${version}"\n}\n`);
  expect(module?.range).toBe(range);
});

test("providers are told with their registry, and without one by their short name", () => {
  const text = `terraform {
  required_providers {
    aws   = "~> 5.0"
    other = {
      source  = "registry.example.org/acme/other"
      version = "1.0.0"
    }
  }
}
`;
  expect(taken(text)).toMatchObject([
    { name: "hashicorp/aws", version: "~> 5.0", range: "bounded", line: 3 },
    {
      name: "acme/other",
      range: "exact",
      source: { text: "registry:registry.example.org" },
      line: 6,
    },
  ]);
});

test("a lock file pins providers by digests", () => {
  const text =
    'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n  hashes = [\n    "h1:a",\n  ]\n}\n';
  expect(taken(text, ".terraform.lock.hcl")).toMatchObject([
    {
      name: "hashicorp/aws",
      version: "5.1.0",
      integrity: ["h1:a"],
      source: { text: "registry:terraform" },
      line: 2,
    },
  ]);
});
