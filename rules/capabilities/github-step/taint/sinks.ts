import { entryOf, type DataNode, type DataScalar } from "../../data/data-node.ts";
import { actionOf, inputOf } from "../inputs.ts";
import { startsInterpreter } from "./image-command.ts";
import type { StepScope } from "../scope.ts";
import { ANY_KEY, runDefaultsOf, type Step } from "../step.ts";

/**
 * Inputs that an action runs as code, by the action's name without its ref, all in lower case.
 *
 * Source: each action's own documentation. Absent on purpose are inputs that become arguments of
 * one fixed program: a text can change what that program does, but it is not run by a shell.
 */
const CODE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  // JavaScript, with an authenticated client.
  "actions/github-script": ["script"],
  "cardinalby/js-eval-action": ["expression"],
  // Python.
  "jannekem/run-python-script-action": ["script"],
  // PowerShell and shell scripts.
  "amadevus/pwsh-script": ["script"],
  "azure/cli": ["inlinescript"],
  "azure/powershell": ["inlinescript"],
  "nick-fields/retry": ["command", "new_command_on_retry", "on_retry_command"],
  "nick-invision/retry": ["command", "new_command_on_retry", "on_retry_command"],
  "wandalen/wretry.action": ["command"],
  "gabrielbb/xvfb-action": ["run"],
  "coactions/setup-xvfb": ["run"],
  "mikefarah/yq": ["cmd"],
  "paambaati/codeclimate-action": ["coveragecommand"],
  "reactivecircus/android-emulator-runner": ["pre-emulator-launch-script", "script"],
  "sergeysova/jq-action": ["cmd"],
  "workflow/nix-shell-action": ["script"],
  // In a container or a virtual machine.
  "addnab/docker-run-action": ["run"],
  "cross-platform-actions/action": ["run"],
  "devcontainers/ci": ["runcmd"],
  "uraimo/run-on-arch-action": ["install", "run", "setup"],
  "vmactions/dragonflybsd-vm": ["prepare", "run"],
  "vmactions/freebsd-vm": ["prepare", "run"],
  "vmactions/netbsd-vm": ["prepare", "run"],
  "vmactions/omnios-vm": ["prepare", "run"],
  "vmactions/openbsd-vm": ["prepare", "run"],
  "vmactions/solaris-vm": ["prepare", "run"],
  // On another machine.
  "appleboy/ssh-action": ["script"],
  "d3rhase/ssh-command-action": ["command"],
  "easingthemes/ssh-deploy": ["script_after", "script_before"],
  "fifsky/ssh-action": ["command"],
  "garygrossgarten/github-action-ssh": ["command"],
  "google-github-actions/ssh-compute": ["command"],
};

/**
 * The texts of a step that are run as code: `run`, the `shell` that runs it, `CODE_INPUTS`, and
 * what an image is told to run.
 */
export function sinksOf(step: Step): DataScalar[] {
  const shell = entryOf(step.body, "shell")?.value;
  const action = actionOf(step);
  const inputs = Object.hasOwn(CODE_INPUTS, action) ? (CODE_INPUTS[action] ?? []) : [];
  const values = step.inputs
    .filter(({ key }) => inputs.includes(key.text.toLowerCase()) || isAnyOf(inputs, key.text))
    .map(({ value }) => value);
  return [step.run, shell, ...values, ...imageSinks(step)].filter(
    (value) => value?.type === "scalar",
  );
}

/** The `shell` that a job gives all its scripts, `defaults: {run: {shell: …}}`. */
export function defaultShells({ body }: StepScope): DataScalar[] {
  const run = runDefaultsOf(body);
  const shell = run?.type === "map" ? entryOf(run, "shell")?.value : run;
  return shell?.type === "scalar" ? [shell] : [];
}

// `uses: docker://alpine:3` with `entrypoint: sh` and `args: -c "…"`, or with `args: sh -c "…"` alone
function imageSinks(step: Step): (DataNode | undefined)[] {
  if (!/^docker:\/\//i.test(step.uses?.text ?? "")) return [];
  const entrypoint = inputOf(step, "entrypoint")?.value;
  const args = inputOf(step, "args")?.value;
  const command = [entrypoint, args].map((part) => (part?.type === "scalar" ? part.text : ""));
  return [entrypoint, startsInterpreter(command.join(" ")) ? args : undefined];
}

function isAnyOf(inputs: readonly string[], key: string): boolean {
  return key === ANY_KEY && inputs.length > 0;
}
