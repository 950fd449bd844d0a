import { expect, test } from "vitest";
import { injectionsOf, TITLE } from "../injected.ts";

const SOURCE = "github.event.issue.title";

function foundIn(step: object, job: object = {}): string[] {
  return injectionsOf([step], job).map(({ name }) => name);
}

test.each([
  { uses: "actions/github-script", inputs: ["script"] },
  { uses: "cardinalby/js-eval-action", inputs: ["expression"] },
  { uses: "jannekem/run-python-script-action", inputs: ["script"] },
  { uses: "Amadevus/pwsh-script", inputs: ["script"] },
  { uses: "azure/cli", inputs: ["inlineScript"] },
  { uses: "azure/powershell", inputs: ["inlineScript"] },
  {
    uses: "nick-fields/retry",
    inputs: ["command", "new_command_on_retry", "on_retry_command"],
  },
  {
    uses: "nick-invision/retry",
    inputs: ["command", "new_command_on_retry", "on_retry_command"],
  },
  { uses: "Wandalen/wretry.action", inputs: ["command"] },
  { uses: "GabrielBB/xvfb-action", inputs: ["run"] },
  { uses: "coactions/setup-xvfb", inputs: ["run"] },
  { uses: "mikefarah/yq", inputs: ["cmd"] },
  { uses: "paambaati/codeclimate-action", inputs: ["coverageCommand"] },
  {
    uses: "ReactiveCircus/android-emulator-runner",
    inputs: ["pre-emulator-launch-script", "script"],
  },
  { uses: "sergeysova/jq-action", inputs: ["cmd"] },
  { uses: "workflow/nix-shell-action", inputs: ["script"] },
  { uses: "addnab/docker-run-action", inputs: ["run"] },
  { uses: "cross-platform-actions/action", inputs: ["run"] },
  { uses: "devcontainers/ci", inputs: ["runCmd"] },
  { uses: "uraimo/run-on-arch-action", inputs: ["install", "run", "setup"] },
  { uses: "vmactions/dragonflybsd-vm", inputs: ["prepare", "run"] },
  { uses: "vmactions/freebsd-vm", inputs: ["prepare", "run"] },
  { uses: "vmactions/netbsd-vm", inputs: ["prepare", "run"] },
  { uses: "vmactions/omnios-vm", inputs: ["prepare", "run"] },
  { uses: "vmactions/openbsd-vm", inputs: ["prepare", "run"] },
  { uses: "vmactions/solaris-vm", inputs: ["prepare", "run"] },
  { uses: "appleboy/ssh-action", inputs: ["script"] },
  { uses: "D3rHase/ssh-command-action", inputs: ["command"] },
  { uses: "easingthemes/ssh-deploy", inputs: ["SCRIPT_AFTER", "SCRIPT_BEFORE"] },
  { uses: "fifsky/ssh-action", inputs: ["command"] },
  { uses: "garygrossgarten/github-action-ssh", inputs: ["command"] },
  { uses: "google-github-actions/ssh-compute", inputs: ["command"] },
])("$uses runs what its inputs say: $inputs", ({ uses, inputs }) => {
  for (const input of inputs) {
    expect(foundIn({ uses: `${uses}@v1`, with: { [input]: TITLE } }), input).toEqual([SOURCE]);
  }
});

test("whatever inputs an expression gives an action that runs none, they are data", () => {
  const inputs = "${{ github.event.issue }}";
  expect(foundIn({ uses: "octo/script@v1", with: inputs })).toEqual([]);
  expect(foundIn({ uses: "azure/cli@v2", with: inputs })).toEqual(["github.event.issue"]);
});

test("defaults that name no shell run nothing", () => {
  const found = foundIn({ run: "make" }, { defaults: { run: { "working-directory": TITLE } } });
  expect(found).toEqual([]);
});

test("an image runs the arguments of a shell that its arguments alone begin with", () => {
  const args = `bash -o pipefail -c "echo ${TITLE}"`;
  expect(foundIn({ uses: "docker://alpine:3", with: { args } })).toEqual([SOURCE]);
});

test("a folder that is named like an image is none", () => {
  const inputs = { entrypoint: TITLE };
  expect(foundIn({ uses: "DOCKER://alpine:3", with: inputs })).toEqual([SOURCE]);
  expect(foundIn({ uses: "./docker://alpine:3", with: inputs })).toEqual([]);
});
