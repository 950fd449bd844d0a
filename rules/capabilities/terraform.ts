import type { Capability, CapabilityReader, Claim } from "./capability.ts";
import { cloudKinds } from "./cloud/kinds.ts";
import { ROLE_LEVELS } from "./cloud/roles.ts";
import { holderKinds } from "./iam/kinds.ts";
import { claimByFolder } from "./in-folder.ts";
import { understandAll } from "./not-understood.ts";
import { COMMAND_LEVELS } from "./terraform/commands.ts";
import { terraformDependencies } from "./terraform/dependencies.ts";
import { hclElements, jsonElements } from "./terraform/elements.ts";
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
      const elements = path.endsWith(".json")
        ? jsonElements(content, MAX_BYTES)
        : hclElements(content, MAX_BYTES);
      const capabilities: readonly Capability[] = elements.flatMap(elementCapabilities);
      return { capabilities, dependencies: elements.flatMap(terraformDependencies) };
    }),
};

const LOCK_FILE = ".terraform.lock.hcl";
/** As Terraform takes files: by the end of their names, in these letters. */
function claims(path: string): Claim | null {
  const name = path.split("/").at(-1) ?? "";
  if (!/\.(?:tf|tofu)(?:\.json)?$/u.test(name) && name !== LOCK_FILE) return null;
  return claimByFolder(path);
}
