import { expect, test } from "vitest";
import { terraform } from "../../../rules/capabilities/terraform.ts";
import { diffOf, shown } from "./changes.ts";

/** `KIND NAME LEVEL HOLDER:LINE` of all that a file grants. */
function granted(text: string, path = "main.tf"): string[] {
  const reading = terraform.read(path, new TextEncoder().encode(text));
  if (!reading.understood) return [`refused ${reading.code} ${reading.line ?? "-"}`];
  return reading.capabilities.map(
    ({ kind, name, level, holder, line }) => `${kind} ${name} ${level ?? "-"} ${holder}:${line}`,
  );
}

test.each([
  { path: "main.tf", claim: "grants" },
  { path: "a/b.tofu", claim: "grants" },
  { path: "a.tf.json", claim: "grants" },
  { path: "a.tofu.json", claim: "grants" },
  { path: "a/.terraform.lock.hcl", claim: "grants" },
  { path: "test/fixtures/a.tf", claim: "resembles" },
  { path: "a.tfvars", claim: "grants" },
  { path: "a.auto.tfvars.json", claim: "grants" },
  { path: "a.TF", claim: null },
  { path: "terragrunt.hcl", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(terraform.claims(path)).toBe(claim);
});

test.each([
  { what: "no HCL", text: "a = ", path: "a.tf", refused: "refused not-hcl 1" },
  { what: "no JSON", text: "{", path: "a.tf.json", refused: "refused not-json 1" },
  { what: "a list", text: "[]", path: "a.tf.json", refused: "refused no-body 1" },
  {
    what: "a key twice",
    text: '{"resource":{},\n"resource":{}}',
    path: "a.tf.json",
    refused: "refused duplicate-key 2",
  },
  {
    what: "a template that is none",
    text: '{"a":\n"${"}',
    path: "a.tf.json",
    refused: "refused not-hcl 2",
  },
  {
    what: "a policy with a key twice",
    text: 'resource "a" "b" {\n  policy = <<E\n{"Statement":{"Effect":"Deny",\n"Effect":"Allow","Action":"*"}}\nE\n}\n',
    path: "a.tf",
    refused: "refused duplicate-key 4",
  },
])("$what is refused", ({ text, path, refused }) => {
  expect(granted(text, path)).toEqual([refused]);
});

const resource = (type: string, body: string): string => `resource "${type}" "a" {\n${body}\n}\n`;
const ALL = 'Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]';

test.each([
  {
    what: "a call",
    text: resource("aws_iam_policy", `policy = jsonencode({ ${ALL} })`),
    holder: "aws_iam_policy.a",
  },
  {
    what: "a heredoc",
    text: resource(
      "x",
      'policy = <<E\n{"Statement":{"Effect":"Allow","Action":"*","Resource":"${a["b"]}"}}\nE',
    ),
    holder: "x.a",
  },
  {
    what: "a heredoc with values of its own",
    text: resource(
      "x",
      'policy = <<E\n{"Statement":{"Effect":"Allow","Action":"*","Resource":${jsonencode(var.a)}}}\nE',
    ),
    holder: "x.a",
  },
  {
    what: "a quoted text",
    text: resource(
      "x",
      'policy = "{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"*\\"}}"',
    ),
    holder: "x.a",
  },
  {
    what: "one side of a condition",
    text: resource("x", `policy = var.a ? null : jsonencode({ ${ALL} })`),
    holder: "x.a",
  },
  {
    what: "a call around it",
    text: resource("x", `policy = replace(jsonencode({ ${ALL} }), "a", "b")`),
    holder: "x.a",
  },
  {
    what: "a merge",
    text: resource("x", `policy = jsonencode(merge({ Version = "a" }, { ${ALL} }))`),
    holder: "x.a",
  },
  {
    what: "a nested block",
    text: resource("x", `inline_policy {\n  policy = jsonencode({ ${ALL} })\n}`),
    holder: "x.a",
  },
  {
    what: "a step into a list",
    text: resource("x", `policy = [jsonencode({ ${ALL} })][0]`),
    holder: "x.a",
  },
  {
    what: "a loop",
    text: resource("x", `policies = [for a in var.b : jsonencode({ ${ALL} })]`),
    holder: "x.a",
  },
  {
    what: "what is looped over",
    text: resource("x", `policies = [for a in [{ ${ALL} }] : jsonencode(a)]`),
    holder: "x.a",
  },
  { what: "a local", text: `locals {\n  a = { ${ALL} }\n}\n`, holder: "local.a" },
  { what: "a default", text: `variable "a" {\n  default = { ${ALL} }\n}\n`, holder: "var.a" },
  {
    what: "a module's argument",
    text: 'module "a" {\n  policy_statements = [{ effect = "Allow", actions = ["*"], resources = ["*"] }]\n}\n',
    holder: "module.a",
  },
  {
    what: "a document's block",
    text: 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["*"]\n  }\n}\n',
    holder: "data.aws_iam_policy_document.a",
  },
  {
    what: "JSON",
    text: JSON.stringify({ resource: { x: { a: [{ policy: `\${jsonencode({ ${ALL} })}` }] } } }),
    holder: "x.a",
    path: "a.tf.json",
  },
  {
    what: "a dynamic block of JSON",
    text: JSON.stringify({
      data: {
        aws_iam_policy_document: {
          a: {
            dynamic: {
              statement: { for_each: [1], content: { actions: ["*"], resources: ["*"] } },
            },
          },
        },
      },
    }),
    holder: "data.aws_iam_policy_document.a",
    path: "a.tf.json",
  },
])("a policy is found in $what", ({ text, holder, path }) => {
  const told = granted(text, path).filter((one) => one.startsWith("iam.allow"));
  expect(told.map((one) => one.replace(/:\d+$/u, ""))).toEqual([`iam.allow * all ${holder}`]);
});

test("the lines of a heredoc's actions are the file's", () => {
  const text =
    'resource "x" "a" {\n  policy = <<-E\n    {"Statement": {"Effect": "Allow", "Action": [\n      "s3:GetObject",\n      "s3:PutObject"\n    ]}}\n  E\n}\n';
  expect(granted(text)).toEqual([
    "iam.allow s3:getobject read x.a:4",
    "iam.allow s3:putobject write x.a:5",
  ]);
});

test("an action that is only known later writes, or does what its verb says", () => {
  const text =
    'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = [var.a, "${var.b}:List*", local.c]\n  }\n}\n';
  expect(granted(text).map((one) => one.split(" ").slice(1, 3))).toEqual([
    ["${var.a}", "write"],
    ["${var.b}:List*", "read"],
    ["${local.c}", "write"],
  ]);
});

test.each([
  { what: "no block", body: "count = 0" },
  { what: "no block for any of nothing", body: "for_each = toset([])" },
])("what certainly makes $what grants nothing", ({ body }) => {
  expect(granted(resource("aws_iam_policy", `${body}\npolicy = jsonencode({ ${ALL} })`))).toEqual(
    [],
  );
});

test("locals that lead to one another, or to themselves, end", () => {
  const text = `locals {\n  a = local.b\n  b = local.a\n  c = [local.d]\n  d = ["s3:GetObject"]\n}\ndata "aws_iam_policy_document" "x" {\n  statement {\n    actions = concat(local.a, local.c)\n  }\n}\n`;
  expect(granted(text).map((one) => one.split(" ")[1])).toEqual(["${local.a}", "s3:getobject"]);
});

const SSH = 'from_port = 22\nto_port = 22\nprotocol = "tcp"';
const AZURE =
  'direction = "Inbound"\naccess = "Allow"\nprotocol = "*"\ndestination_port_range = "3389"';

test.each([
  {
    type: "aws_security_group",
    body: `ingress {\n${SSH}\ncidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]\n}`,
    told: "tcp 22 admin",
  },
  {
    type: "aws_security_group",
    body: 'ingress = [{ from_port = 0, to_port = 0, protocol = "-1", ipv6_cidr_blocks = ["::/0"] }]',
    told: "all all",
  },
  {
    type: "aws_security_group",
    body: 'ingress {\nfrom_port = 443\nto_port = 443\nprotocol = "6"\ncidr_blocks = ["0.0.0.0/1"]\n}',
    told: "tcp 443 web",
  },
  {
    type: "aws_security_group",
    body: 'ingress {\nfrom_port = 8000\nto_port = 9000\nprotocol = "tcp"\ncidr_blocks = ["0.0.0.0/0"]\n}',
    told: "tcp 8000-9000 admin",
  },
  {
    type: "aws_security_group",
    body: `egress {\n${SSH}\ncidr_blocks = ["0.0.0.0/0"]\n}`,
    told: null,
  },
  {
    type: "aws_security_group_rule",
    body: `type = "egress"\n${SSH}\ncidr_blocks = ["0.0.0.0/0"]`,
    told: null,
  },
  {
    type: "aws_security_group_rule",
    body: `type = "ingress"\n${SSH}\ncidr_blocks = [var.a]`,
    told: null,
  },
  {
    type: "aws_vpc_security_group_ingress_rule",
    body: 'ip_protocol = "-1"\ncidr_ipv4 = "0.0.0.0/0"',
    told: "all all",
  },
  {
    type: "aws_network_acl",
    body: 'ingress {\naction = "allow"\nprotocol = "-1"\nfrom_port = 0\nto_port = 0\ncidr_block = "0.0.0.0/0"\n}',
    told: "all other",
  },
  {
    type: "google_compute_firewall",
    body: 'allow {\nprotocol = "tcp"\nports = ["22"]\n}',
    told: "tcp 22 admin",
  },
  {
    type: "google_compute_firewall",
    body: 'source_tags = ["a"]\nallow {\nprotocol = "tcp"\n}',
    told: null,
  },
  {
    type: "google_compute_firewall",
    body: 'direction = "EGRESS"\nallow {\nprotocol = "tcp"\n}',
    told: null,
  },
  {
    type: "azurerm_network_security_rule",
    body: `${AZURE}\nsource_address_prefix = "Internet"`,
    told: "all 3389 admin",
  },
  {
    type: "azurerm_network_security_rule",
    body: `${AZURE}\nsource_address_prefix = "VirtualNetwork"`,
    told: null,
  },
  {
    type: "azurerm_network_security_group",
    body: `security_rule {\n${AZURE}\nsource_address_prefixes = ["*"]\n}`,
    told: "all 3389 admin",
  },
  {
    type: "aws_eks_cluster",
    body: 'vpc_config {\npublic_access_cidrs = ["0.0.0.0/0"]\n}',
    told: "public_access_cidrs other",
  },
  { type: "aws_route", body: 'destination_cidr_block = "0.0.0.0/0"', told: null },
])("what $type opens to the world is $told", ({ type, body, told }) => {
  const open = granted(resource(type, body)).filter((one) => one.startsWith("network.open"));
  const expected = told === null ? [] : [`network.open ${told} ${type}.a`];
  expect(open.map((one) => one.replace(/:\d+$/u, ""))).toEqual(expected);
});

test.each([
  {
    type: "aws_s3_bucket",
    body: 'acl = "public-read-write"',
    told: "cloud.public acl = public-read-write writable",
  },
  {
    type: "aws_db_instance",
    body: "publicly_accessible = true",
    told: "cloud.public publicly_accessible = true reachable",
  },
  {
    type: "aws_s3_bucket_public_access_block",
    body: "block_public_acls = false",
    told: "cloud.public block_public_acls = false reachable",
  },
  {
    type: "aws_s3_bucket_public_access_block",
    body: "block_public_acls = true",
    told: "cloud.guard blockpublicacls -",
  },
  {
    type: "aws_lambda_function_url",
    body: 'authorization_type = "NONE"',
    told: "cloud.public address without authorization reachable",
  },
  { type: "aws_api_gateway_method", body: 'authorization_type = "NONE"', told: null },
  {
    type: "azurerm_storage_container",
    body: 'container_access_type = "blob"',
    told: "cloud.public container_access_type = blob readable",
  },
  {
    type: "google_storage_bucket",
    body: "uniform_bucket_level_access = true",
    told: "cloud.guard uniformbucketlevelaccess -",
  },
  {
    type: "google_storage_bucket_iam_member",
    body: 'role = "roles/storage.objectViewer"\nmember = "allUsers"',
    told: "cloud.public roles/storage.objectViewer to allUsers readable",
  },
  {
    type: "aws_lambda_permission",
    body: 'action = "lambda:InvokeFunction"\nprincipal = "*"',
    told: "iam.trust * anyone",
  },
  {
    type: "aws_lambda_permission",
    body: 'action = "lambda:InvokeFunction"\nprincipal = "s3.amazonaws.com"\nsource_arn = var.a',
    told: "iam.trust s3.amazonaws.com internal",
  },
  {
    type: "azurerm_role_assignment",
    body: 'role_definition_name = "Owner"\nprincipal_id = var.a\nscope = "/subscriptions/a"',
    told: "cloud.role Owner all",
  },
  {
    type: "google_project_iam_custom_role",
    body: 'permissions = ["storage.buckets.setIamPolicy"]',
    told: "iam.allow storage.buckets.setiampolicy permissions",
  },
  {
    type: "azurerm_role_definition",
    body: 'permissions {\nactions = ["*"]\n}',
    told: "iam.allow * all",
  },
  {
    type: "aws_iam_user_policy_attachment",
    body: "policy_arn = var.a",
    told: "iam.attachment ${var.a} other",
  },
  {
    type: "aws_s3_bucket_acl",
    body: 'access_control_policy {\ngrant {\ngrantee {\nuri = "http://acs.amazonaws.com/groups/global/AllUsers"\n}\n}\n}',
    told: "cloud.public AllUsers readable",
  },
])("of $type is told: $told", ({ type, body, told }) => {
  const expected = told === null ? [] : [`${told} ${type}.a`];
  expect(granted(resource(type, body)).map((one) => one.replace(/:\d+$/u, ""))).toEqual(expected);
});

test.each([
  {
    what: "a narrower scope",
    base: 'scope = "/subscriptions/a"',
    head: 'scope = "/subscriptions/a/resourceGroups/b"',
    delta: "lowered",
  },
  {
    what: "another scope",
    base: 'scope = "/subscriptions/a"',
    head: 'scope = "/subscriptions/ab"',
    delta: "raised",
  },
])("$what of a role is $delta", ({ base, head, delta }) => {
  const given = (scope: string): string =>
    resource(
      "azurerm_role_assignment",
      `role_definition_name = "Reader"\nprincipal_id = "a"\n${scope}`,
    );
  expect(
    diffOf({ "a.tf": given(base) }, { "a.tf": given(head) }).map((fact) => fact.delta),
  ).toEqual([delta]);
});

test("another command at the same place is a raise", () => {
  const run = (command: string): string =>
    resource("null_resource", `provisioner "local-exec" {\n  command = "${command}"\n}`);
  expect(diffOf({ "a.tf": run("make") }, { "a.tf": run("make x") }).map(shown)).toEqual([
    "raised null_resource.a local-exec local→local a.tf:3",
  ]);
});

test("a provisioner that is none of those that run commands is none, whatever it is called", () => {
  expect(granted(resource("null_resource", 'provisioner "constructor" {\n}'))).toEqual([]);
});

test("a program that planning runs is told", () => {
  expect(granted('data "external" "a" {\n  program = ["sh", "x.sh"]\n}\n')).toEqual([
    "terraform.command external local data.external.a:2",
  ]);
});

test.each([
  {
    what: "a provider that runs a program for its credentials",
    text: 'provider "kubernetes" {\n  exec {\n    command = "sh"\n    args = ["x"]\n  }\n}\n',
    told: ["terraform.command exec local provider.kubernetes:3"],
  },
  {
    what: "one within a provider's other settings",
    text: 'provider "helm" {\n  kubernetes = {\n    exec = { command = "sh" }\n  }\n}\n',
    told: ["terraform.command exec local provider.helm:3"],
  },
  {
    what: "a program that a check runs",
    text: 'check "a" {\n  data "external" "b" {\n    program = ["sh"]\n  }\n}\n',
    told: ["terraform.command external local data.external.b:3"],
  },
  {
    what: "a command that removing runs",
    text: 'removed {\n  from = null_resource.a\n  provisioner "local-exec" {\n    command = "x"\n  }\n}\n',
    told: ["terraform.command local-exec local removed:4"],
  },
  {
    what: "the state in HCP Terraform",
    text: 'terraform {\n  cloud {\n    organization = "a"\n  }\n}\n',
    told: ["terraform.backend cloud - terraform:2"],
  },
  {
    what: "a policy that a function makes",
    text: resource("aws_iam_role_policy", 'policy = base64decode("e30=")'),
    told: ['iam.attachment ${base64decode("e30=")} other aws_iam_role_policy.a:2'],
  },
  {
    what: "a policy in a file of any name",
    text: resource("x", 'a {\nassume_role_policy = file("a.txt")\n}'),
    told: ['iam.attachment ${file("a.txt")} other x.a:3'],
  },
  {
    what: "a policy in a file that is read itself",
    text: resource("x", 'policy = file("${path.module}/policies/a.json")'),
    told: [],
  },
  {
    what: "a policy that something else makes",
    text: resource("x", "policy = data.aws_iam_policy_document.a.json\npolicy_arn = format(var.a)"),
    told: [],
  },
  {
    what: "a user's groups",
    text: resource("aws_iam_user_group_membership", 'user = "a"\ngroups = ["admins"]'),
    told: ["iam.attachment group admins other aws_iam_user_group_membership.a:3"],
  },
  {
    what: "what EKS attaches",
    text: resource(
      "aws_eks_access_policy_association",
      'policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"',
    ),
    told: ["iam.attachment AmazonEKSClusterAdminPolicy all aws_eks_access_policy_association.a:2"],
  },
  {
    what: "a policy of Google's, encoded",
    text: resource(
      "google_project_iam_policy",
      'policy_data = jsonencode({ bindings = [{ role = "roles/owner", members = ["user:a"] }] })',
    ),
    told: ["cloud.role roles/owner all google_project_iam_policy.a:2"],
  },
  {
    what: "a policy of Google's, as text",
    text: resource(
      "google_folder_iam_policy",
      'policy_data = <<E\n{"bindings":[{"role":"roles/owner","members":["user:a"]}]}\nE',
    ),
    told: ["cloud.role roles/owner all google_folder_iam_policy.a:3"],
  },
  {
    what: "a bucket's list of Google's",
    text: resource(
      "google_storage_bucket_acl",
      'role_entity = ["READER:allUsers", "OWNER:allAuthenticatedUsers", "READER:user-a"]',
    ),
    told: [
      "cloud.public READER:allUsers readable google_storage_bucket_acl.a:2",
      "cloud.public OWNER:allAuthenticatedUsers writable google_storage_bucket_acl.a:2",
    ],
  },
  {
    what: "a role of Azure's for some time",
    text: resource(
      "azurerm_pim_active_role_assignment",
      'role_definition_name = "Owner"\nscope = "/a"\nprincipal_id = "b"',
    ),
    told: ["cloud.role Owner all azurerm_pim_active_role_assignment.a:2"],
  },
  {
    what: "a role of a directory",
    text: resource("azuread_directory_role_assignment", 'role_id = "a"\nprincipal_object_id = "b"'),
    told: ["cloud.role a permissions azuread_directory_role_assignment.a:2"],
  },
  {
    what: "locals",
    text: 'locals {\n  a = ["arn:aws:iam::aws:policy/AdministratorAccess"]\n  b = "0.0.0.0/0"\n  egress = "0.0.0.0/0"\n}\n',
    told: ["iam.attachment AdministratorAccess all local.a:2", "network.open b other local.b:3"],
  },
  {
    what: "a default",
    text: 'variable "a" {\n  default = ["::/0"]\n}\n',
    told: ["network.open a other var.a:2"],
  },
])("$what is told: $told", ({ text, told }) => {
  expect(granted(text)).toEqual(told);
});

test.each([
  {
    path: "a.auto.tfvars",
    text: 'a = ["arn:aws:iam::aws:policy/AdministratorAccess"]\nb = "0.0.0.0/0"\n',
  },
  {
    path: "a.tfvars.json",
    text: '{"a": ["arn:aws:iam::aws:policy/AdministratorAccess"],\n"b": "0.0.0.0/0"}',
  },
])("values of variables in $path are told as defaults are", ({ path, text }) => {
  expect(granted(text, path)).toEqual([
    "iam.attachment AdministratorAccess all var.a:1",
    "network.open b other var.b:2",
  ]);
});

test("values that are no object are refused", () => {
  expect(granted("[]", "a.tfvars.json")).toEqual(["refused no-body 1"]);
});

test.each(["override.tf", "a/b_override.tofu", "override.tf.json"])(
  "what %s puts into blocks of other files is refused",
  (path) => {
    const isJson = path.endsWith(".json");
    const put = (type: string, settings = ""): string =>
      isJson ? `{"resource":{"${type}":{"b":{${settings}}}}}` : resource(type, settings);
    for (const type of [
      "aws_iam_role",
      "aws_s3_bucket_public_access_block",
      "aws_security_group",
    ]) {
      expect(granted(put(type), path)).toEqual(["refused override 1"]);
    }
    const opens = isJson ? '"publicly_accessible":true' : "publicly_accessible = true";
    expect(granted(put("aws_db_instance", opens), path)).toEqual(["refused override 1"]);
    expect(granted(put("azurerm_kubernetes_cluster"), path)).toEqual([]);
    expect(granted(isJson ? '{"provider":{"a":{}}}' : 'provider "a" {\n}\n', path)).toEqual([]);
    expect(granted(resource("aws_sns_topic", ""), "myoverride.tf")).toEqual([]);
  },
);
