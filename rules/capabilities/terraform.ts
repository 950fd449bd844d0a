import type { Capability, CapabilityReader, Claim } from "./capability.ts";
import { cloudKinds } from "./cloud/kinds.ts";
import { ROLE_LEVELS } from "./cloud/roles.ts";
import { holderKinds } from "./iam/kinds.ts";
import { claimByFolder } from "./in-folder.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { COMMAND_LEVELS } from "./terraform/commands.ts";
import { terraformDependencies } from "./terraform/dependencies.ts";
import {
  type Element,
  hclElements,
  hclVariables,
  jsonElements,
  jsonVariables,
} from "./terraform/elements.ts";
import { elementCapabilities } from "./terraform/element-capabilities.ts";
import { lockedProviders } from "./terraform/lock-file.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads Terraform's and OpenTofu's files, in their own language and in JSON: policies of AWS and
 * who is trusted, roles of Google and Azure, what is open to the internet, commands that run where
 * Terraform does, where the state goes; modules, providers and what pins them.
 *
 * Source: developer.hashicorp.com/terraform/language.
 */
export const terraform: CapabilityReader = {
  name: "terraform",
  kinds: {
    ...holderKinds,
    ...cloudKinds,
    "cloud.role": ROLE_LEVELS,
    "terraform.command": COMMAND_LEVELS,
    "terraform.backend": [],
  },
  maxBytes: MAX_BYTES,
  claims,
  read: (path, content) =>
    understandAll(() => {
      if (path.endsWith(LOCK_FILE)) {
        return { capabilities: [], dependencies: lockedProviders(content, MAX_BYTES) };
      }
      const isJson = path.endsWith(".json");
      const elementsOf = VALUES.test(path)
        ? isJson
          ? jsonVariables
          : hclVariables
        : isJson
          ? jsonElements
          : hclElements;
      const elements = elementsOf(content, MAX_BYTES);
      if (OVERRIDE.test(path)) refuseMerged(elements);
      const capabilities: readonly Capability[] = elements.flatMap(elementCapabilities);
      return { capabilities, dependencies: elements.flatMap(terraformDependencies) };
    }),
};

const LOCK_FILE = ".terraform.lock.hcl";
/** Values of variables: a default that somebody gives from outside. */
const VALUES = /\.tfvars(?:\.json)?$/u;
const OVERRIDE = /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/u;

/** What is put into a block of another file that may grant is only known together with that. */
function refuseMerged(elements: readonly Element[]): void {
  const merged = elements.find(mayGrant);
  if (!merged) return;
  const place = { line: merged.body.line, column: 1 };
  throw new NotUnderstood("override", "a block that is put into another file's", place);
}

function mayGrant(element: Element): boolean {
  const { type, labels } = element;
  if (type !== "resource") return type === "data" || type === "module";
  return GRANTING.test(labels[0] ?? "") || elementCapabilities(element).length > 0;
}

/** Types of which one argument says nothing without the others, or that keep something closed. */
const GRANTING =
  /access|acl|attachment|binding|bucket|firewall|group|iam|lambda|member|permission|polic|public|role|rule|security|storage|user/u;

/** As Terraform takes files: by the end of their names, in these letters. */
function claims(path: string): Claim | null {
  const name = path.split("/").at(-1) ?? "";
  const isTaken = /\.(?:tf|tofu|tfvars)(?:\.json)?$/u.test(name);
  if (!isTaken && name !== LOCK_FILE) return null;
  return claimByFolder(path);
}
