import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import { judge } from "../../rules/judge.ts";
import { explain } from "../../rules/policy/explain.ts";
import type { Policy } from "../../rules/policy/policy-set.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { explanationText } from "../../report/explanation-text.ts";
import type { Command } from "../command.ts";
import { localAction, refusingEmpty, resolveRange } from "../local-action.ts";
import { localEvidence } from "../local-evidence.ts";
import { localPolicies } from "../local-policies.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";

const OPTIONS = {
  repo: { type: "string" },
  base: { type: "string" },
  head: { type: "string" },
  policy: { type: "string", multiple: true },
  compiled: { type: "boolean" },
  format: { type: "string" },
} as const;

/** `bailiff policy explain`: why policies say what they say of a change. */
export const policyExplain: Command = {
  usage: `
bailiff policy explain [ID] [--repo DIR] [--base REV] [--head REV] [--policy FILE|PACK]… [--compiled]
                       [--format text|json]
  Which part of each policy's condition (or of the policy ID alone) holds for what of the change, and
  the smallest set of acts that would make it ALLOW. --compiled: the conditions as they are evaluated, JSON.`,

  async run(args, terminal) {
    const { values, words } = parseOptions("policy explain", args, OPTIONS, { atMost: 1 });
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    await using repository = await openRepository(values.repo ?? ".");
    const asked = { base: values.base, head: values.head };
    const range = await resolveRange(repository, asked);
    const action = localAction(range, {
      ...{ name: "policy explain", repositoryId: null, at: terminal.now() },
    });
    const policies = await localPolicies(repository, range.base, {
      ...{ named: values.policy ?? [], simulate: false, repositoryId: null },
    });
    const explained = chosen(policies.policies, words[0]);
    if (values.compiled === true) {
      terminal.out(jsonDocument({ policies: explained }));
      return EXIT.ok;
    }
    const change = refusingEmpty(openChangeSource({ repository }), asked);
    const { policies: all } = policies;
    const judgement = judge({ ...(await localEvidence(change, action, all)), policies });
    const explanation = explain({ ...judgement, policies: all }, explained);
    terminal.out(format === "json" ? jsonDocument(explanation) : explanationText(explanation));
    return EXIT.ok;
  },
};

function chosen(policies: readonly Policy[], id: string | undefined): readonly Policy[] {
  if (id === undefined) return policies;
  const found = policies.filter((policy) => policy.id === id);
  if (found.length > 0) return found;
  const known = [...new Set(policies.map((policy) => policy.id))].join(", ");
  throw new UsageError(`policy explain: no policy is called ${id}`, `name one of ${known}`);
}
