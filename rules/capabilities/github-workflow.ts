import type { Side } from "../change/listing.ts";
import type { Capability, CapabilityReader, RepositorySettings } from "./capability.ts";
import { DEFAULT_LEVEL, PERMISSION_KIND, readPermissions } from "./github-workflow/permissions.ts";
import { levelOfDefault } from "./github-workflow/scopes.ts";
import { readTriggers, TRIGGER_KIND } from "./github-workflow/triggers.ts";
import { findWorkflow } from "./github-workflow/workflow.ts";
import { understand } from "./not-understood.ts";
import { parseYaml } from "./yaml.ts";

/** GitHub reads no larger workflow. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads GitHub workflow files: what the token of each job may do, and which events start it.
 *
 * GitHub takes the files that stand directly in `.github/workflows/`, in exactly this spelling.
 * One of these folders as a link or submodule would hold workflows that no listing shows.
 */
export const githubWorkflow: CapabilityReader = {
  name: "github-workflow",
  kinds: {
    [PERMISSION_KIND]: ["read", "write"],
    [TRIGGER_KIND]: ["ordinary", "privileged"],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => (/^\.github(?:\/workflows(?:\/[^/]+\.ya?ml)?)?$/.test(path) ? "grants" : null),
  read: (_path, content) =>
    understand(() => {
      const workflow = findWorkflow(parseYaml(content, MAX_BYTES));
      return [...readTriggers(workflow), ...readPermissions(workflow)];
    }),
  resolve: resolveLevel,
};

/** An unknown default counts as GitHub's restricted token at base and as the full one at head. */
function resolveLevel(
  { level, name }: Capability,
  side: Side,
  { defaultTokenPermissions: setting }: RepositorySettings,
): string | null {
  if (level !== DEFAULT_LEVEL) return level ?? null;
  if (setting !== "unknown") return levelOfDefault(name, setting);
  return levelOfDefault(name, side === "base" ? "read" : "write");
}
