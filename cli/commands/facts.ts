import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import { buildFacts } from "../../rules/facts/build.ts";
import { EVERY_FACT } from "../../rules/policy/facts-asked.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { localAction, refusingEmpty, resolveRange } from "../local-action.ts";
import { localEvidence } from "../local-evidence.ts";
import { localPolicies } from "../local-policies.ts";
import type { Command } from "../command.ts";
import { parseOptions } from "../options.ts";
import { EXIT } from "../terminal.ts";

/** `bailiff facts`: what policies would see of a change. */
export const factsCommand: Command = {
  usage: `
bailiff facts [--repo DIR] [--base REV] [--head REV] [--all]
  The facts document that policies see, JSON. --all: also what none of them reads, which is only
  gathered for those that do, such as lines and commits.`,

  async run(args, terminal) {
    const { values } = parseOptions("facts", args, {
      repo: { type: "string" },
      base: { type: "string" },
      head: { type: "string" },
      all: { type: "boolean" },
    });
    await using repository = await openRepository(values.repo ?? ".");
    const asked = { base: values.base, head: values.head };
    const range = await resolveRange(repository, asked);
    const at = terminal.now();
    const action = localAction(range, { name: "facts", repositoryId: null, at });
    const policies = await localPolicies(repository, range.base, {
      ...{ named: [], simulate: true, repositoryId: null },
    });
    const change = refusingEmpty(openChangeSource({ repository }), asked);
    const readers = values.all === true ? [EVERY_FACT] : policies.policies;
    const evidence = await localEvidence(change, action, readers);
    terminal.out(jsonDocument(buildFacts({ ...evidence, policies: { policies: readers } })));
    return EXIT.ok;
  },
};
