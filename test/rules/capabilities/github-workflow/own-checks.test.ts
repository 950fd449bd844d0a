import { expect, test } from "vitest";
import {
  OWN_CHECK_KIND,
  OWN_CONDITION_KIND,
} from "../../../../rules/capabilities/github-workflow/own-checks.ts";
import { capabilitiesOf, changed } from "./read-workflow.ts";

const STEP = "      - uses: acme/bailiff@0123456789abcdef0123456789abcdef01234567\n";

interface Parts {
  readonly on?: string;
  readonly job?: string;
  readonly step?: string;
  readonly rest?: string;
}

function workflow({ on = "pull_request", job = "", step = STEP, rest = "" }: Parts = {}): string {
  return `on: ${on}\njobs:\n  judge:\n    runs-on: ubuntu-latest\n${job}    steps:\n${step}${rest}`;
}

function names(kind: string, text: string): string[] {
  return capabilitiesOf(kind, text).map(({ name }) => name);
}

test("each event that Bailiff judges is a check, by whatever it is started", () => {
  const on = "[pull_request, merge_group]";
  const all = ["on pull_request", "on merge_group"];
  expect(names(OWN_CHECK_KIND, workflow({ on }))).toEqual(all);
  const step = "      - run: npx bailiff check --base origin/main\n";
  expect(names(OWN_CHECK_KIND, workflow({ on, step }))).toEqual(all);
  const calls = `on: ${on}\njobs:\n  a:\n    uses: acme/.github/.github/workflows/bailiff.yml@v1\n`;
  expect(names(OWN_CHECK_KIND, calls)).toEqual(all);
});

test.each([
  "      - uses: acme/bailiff-notes@v1\n",
  "      - uses: acme/tools/bailiff@v1\n",
  "      - run: echo bailiffs check\n",
  "      - run: make\n",
])("no check of Bailiff's: %j", (step) => {
  expect(names(OWN_CHECK_KIND, workflow({ step }))).toEqual([]);
});

test("a step of a script is told by its look", () => {
  const step = "      - run: bailiff run -- make deploy\n";
  expect(capabilitiesOf(OWN_CHECK_KIND, workflow({ step }))[0]?.certainty).toBe("heuristic");
  expect(capabilitiesOf(OWN_CHECK_KIND, workflow())[0]?.certainty).toBe("exact");
});

const whole = workflow({
  rest: "        with:\n          policy: |\n            bailiff:recommended@1\n            extra.yml\n          signing-key: ${{ secrets.KEY }}\n",
});

test.each<{ when: string; head: string; lost: readonly string[] }>([
  {
    when: "its step goes",
    head: workflow({ step: "      - run: make\n" }),
    lost: ["on pull_request", "policy bailiff:recommended@1", "policy extra.yml", "records"],
  },
  {
    when: "its job never runs",
    head: whole.replace("    runs-on", "    if: ${{ false }}\n    runs-on"),
    lost: ["on pull_request", "policy bailiff:recommended@1", "policy extra.yml", "records"],
  },
  {
    when: "its step never runs",
    head: whole.replace("        with:", "        if: false\n        with:"),
    lost: ["on pull_request", "policy bailiff:recommended@1", "policy extra.yml", "records"],
  },
  {
    when: "its event goes",
    head: whole.replace("on: pull_request", "on: workflow_dispatch"),
    lost: ["on pull_request"],
  },
  {
    when: "one of its policies goes",
    head: whole.replace("            extra.yml\n", ""),
    lost: ["policy extra.yml"],
  },
  {
    when: "nothing is signed any more",
    head: whole.replace("          signing-key: ${{ secrets.KEY }}\n", ""),
    lost: ["records"],
  },
])("a check is lost where $when", ({ head, lost }) => {
  const facts = changed(OWN_CHECK_KIND, whole, head).filter(({ delta }) => delta === "removed");
  expect(facts.map(({ name }) => name)).toEqual(lost);
});

test.each<{ when: string; head: string; added: readonly string[] }>([
  {
    when: "its job is asked a condition",
    head: workflow({ job: "    if: github.actor != 'mallory'\n" }),
    added: ["if: github.actor != 'mallory'"],
  },
  {
    when: "its step is asked a condition",
    head: workflow({ rest: "        if: github.actor != 'mallory'\n" }),
    added: ["if: github.actor != 'mallory'"],
  },
  {
    when: "a denial does not fail its job",
    head: workflow({ rest: "        continue-on-error: ${{ true }}\n" }),
    added: ["continue-on-error: ${{ true }}"],
  },
  {
    when: "its event leaves paths out",
    head: workflow({ on: "{pull_request: {paths-ignore: ['.github/**']}}" }),
    added: ['pull_request.paths-ignore: [".github/**"]'],
  },
  {
    when: "it is told another base",
    head: workflow({ rest: "        with: {base: '${{ github.head_ref }}'}\n" }),
    added: ["base: ${{ github.head_ref }}"],
  },
  {
    when: "its ledger is off, in whatever case the input is written",
    head: workflow({ rest: "        with: {LEDGER: 'off'}\n" }),
    added: ["LEDGER: off"],
  },
])("a condition comes where $when", ({ head, added }) => {
  const facts = changed(OWN_CONDITION_KIND, workflow(), head);
  expect(facts.map(({ name, delta }) => `${name} ${delta}`)).toEqual(
    added.map((name) => `${name} added`),
  );
  expect(changed(OWN_CHECK_KIND, workflow(), head)).toEqual([]);
});

test("a condition that says nothing is none", () => {
  const head = workflow({ rest: "        continue-on-error: false\n" });
  expect(names(OWN_CONDITION_KIND, head)).toEqual([]);
});

test("a check that moves to another job, under another name and pin, is the same", () => {
  const head = workflow({ step: STEP.replace("0123", "3210") }).replace("judge:", "gate:");
  expect(changed(OWN_CHECK_KIND, workflow(), head)).toEqual([]);
});
