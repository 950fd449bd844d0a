import type { CapabilityReader, Claim } from "./capability.ts";
import { findAction, scopeOf } from "./github-action/action.ts";
import { HOOK_KIND, readHooks } from "./github-action/hooks.ts";
import { readActionImage } from "./github-step/actions.ts";
import { readSteps, STEP_KINDS } from "./github-step/step-capabilities.ts";
import { understand } from "./not-understood.ts";
import { parseYaml } from "./data/yaml.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads the metadata of actions (`action.yml`, `action.yaml`): what a composite action's steps
 * grant, the image that a docker action takes, and what an action runs before and after a job.
 *
 * Any folder may hold an action. At the root and below `.github` it is certain to be one that
 * workflows use; elsewhere it may be a test's or a template's. Runners of Windows and macOS find it
 * in any letters.
 */
export const githubAction: CapabilityReader = {
  name: "github-action",
  kinds: { [HOOK_KIND]: [], ...STEP_KINDS },
  maxBytes: MAX_BYTES,
  claims: claimOf,
  read: (_path, content, allowance) =>
    understand(() => {
      const action = findAction(parseYaml(content, MAX_BYTES, allowance));
      const scope = scopeOf(action);
      return [
        ...readHooks(action),
        ...readSteps([scope]),
        ...(action.image ? readActionImage(scope, action.image) : []),
      ];
    }),
};

function claimOf(path: string): Claim | null {
  if (!/(?:^|\/)action\.ya?ml$/i.test(path)) return null;
  return !path.includes("/") || /^\.github\//i.test(path) ? "grants" : "resembles";
}
