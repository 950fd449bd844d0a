import type { Side } from "../change/listing.ts";
import type { Capability, CapabilityReader, RepositorySettings } from "./capability.ts";
import { DEFAULT_LEVEL, PERMISSION_KIND, readPermissions } from "./github-workflow/permissions.ts";
import { CONTAINER_KIND, readContainers } from "./github-workflow/containers.ts";
import { OWN_CHECK_KIND, OWN_CONDITION_KIND, readOwnChecks } from "./github-workflow/own-checks.ts";
import { readRunners, RUNNER_KIND } from "./github-workflow/runners.ts";
import { readSecrets, SECRET_KIND } from "./github-workflow/secrets.ts";
import { stepScopesOf } from "./github-workflow/step-scopes.ts";
import { readSteps, STEP_KINDS } from "./github-step/step-capabilities.ts";
import { levelOfDefault } from "./github-workflow/scopes.ts";
import { readTriggers, TRIGGER_KIND } from "./github-workflow/triggers.ts";
import { findWorkflow } from "./github-workflow/workflow.ts";
import { understand } from "./not-understood.ts";
import { parseYaml } from "./data/yaml.ts";

/** GitHub reads no larger workflow. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads GitHub workflow files: which events start them, what each job may do, reach and run on, and
 * what its steps grant.
 *
 * GitHub takes the files that stand directly in `.github/workflows/`, in exactly this spelling.
 * One of these folders as a link or submodule would hold workflows that no listing shows.
 */
export const githubWorkflow: CapabilityReader = {
  name: "github-workflow",
  kinds: {
    [PERMISSION_KIND]: ["read", "write"],
    [TRIGGER_KIND]: ["ordinary", "privileged"],
    [SECRET_KIND]: ["named", "all"],
    [RUNNER_KIND]: ["custom", "self-hosted"],
    [CONTAINER_KIND]: [],
    [OWN_CHECK_KIND]: [],
    [OWN_CONDITION_KIND]: [],
    ...STEP_KINDS,
  },
  maxBytes: MAX_BYTES,
  claims: (path) => (/^\.github(?:\/workflows(?:\/[^/]+\.ya?ml)?)?$/.test(path) ? "grants" : null),
  read: (_path, content, allowance) =>
    understand(() => {
      const workflow = findWorkflow(parseYaml(content, MAX_BYTES, allowance));
      return [
        ...readTriggers(workflow),
        ...readPermissions(workflow),
        ...readSecrets(workflow),
        ...readRunners(workflow),
        ...readContainers(workflow),
        ...readOwnChecks(workflow),
        ...readSteps(stepScopesOf(workflow)),
      ];
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
