import { existsSync } from "node:fs";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { PolicyProblem, PolicySet } from "../../rules/policy/policy-set.ts";
import { POLICY_PATH } from "../../rules/policy/policy-source.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { problemText } from "../../report/problem-text.ts";
import { readWaiverFile, WAIVERS_PATH } from "../../rules/waivers/waiver-file.ts";
import type { Command } from "../command.ts";
import { namedSource } from "../local-policies.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;
const MAX_FILES = 100;

/** `bailiff policy lint`: every problem of policy files. */
export const policyLint: Command = {
  usage: `
bailiff policy lint [FILE|PACK]… [--format text|json]
  Every problem of these policy files (without one of ${POLICY_PATH} and, where that is there, of
  ${WAIVERS_PATH}): where it is, what it is and what to write instead. Exit: 0 none, 2 problems or usage.`,

  async run(args, terminal) {
    const { values, words } = parseOptions(
      "policy lint",
      args,
      { format: { type: "string" } },
      {
        atMost: MAX_FILES,
      },
    );
    const format = choice("format", values.format ?? "text", FORMATS);
    const names = words.length === 0 ? [POLICY_PATH] : words;
    const sources = await Promise.all(names.map((name) => namedSource(name, "policy lint:")));
    const loaded = sources.map((source) => loadPolicies([source], false));
    const waivers = words.length === 0 ? await waiverProblems(loaded) : [];
    const problems = [...loaded.flatMap((set) => set.problems), ...waivers];
    if (format === "json") terminal.out(jsonDocument({ problems }));
    else {
      terminal.out(problems.map((problem) => `${problemText(problem)}\n`).join(""));
      const policies = loaded.flatMap((set) => set.policies);
      const counted = new Set(policies.map(({ document, id }) => `${document} ${id}`)).size;
      if (problems.length === 0) terminal.say(`${counted} policies, no problem`);
    }
    return problems.length === 0 ? EXIT.ok : EXIT.usage;
  },
};

/** What is wrong in the file of waivers beside the policies, none where it is not there. */
async function waiverProblems(sets: readonly PolicySet[]): Promise<readonly PolicyProblem[]> {
  if (!existsSync(WAIVERS_PATH)) return [];
  const source = await namedSource(WAIVERS_PATH, "policy lint:");
  return readWaiverFile(source, { policies: sets.flatMap(({ policies }) => policies) }).problems;
}
