import { openChangeSource } from "../../git/change-source.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { surroundingsOfCase } from "../../rules/policy-cases/case-evidence.ts";
import { parseCaseFile, type PolicyCase } from "../../rules/policy-cases/case-file.ts";
import type { CaseResult } from "../../rules/policy-cases/case-result.ts";
import {
  type CaseEvidence,
  evidenceOfFiles,
  factsOfCase,
  tryCase,
} from "../../rules/policy-cases/try-case.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { PolicySet, PolicySource } from "../../rules/policy/policy-set.ts";
import { POLICY_PATH } from "../../rules/policy/policy-source.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { terminalText } from "../../report/escape/terminal.ts";
import { problemText } from "../../report/problem-text.ts";
import type { Command } from "../command.ts";
import { localAction, resolveRange } from "../local-action.ts";
import { localEvidence } from "../local-evidence.ts";
import { namedSource, withoutProblems } from "../local-policies.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

/** `bailiff policy test`: tries the cases that stand beside a policy file. */
export const policyTest: Command = {
  usage: `
bailiff policy test [FILE|PACK] [--cases FILE] [--repo DIR] [--format text|json]
  Judges each case of a file of cases by these policies (without one by ${POLICY_PATH}), and says
  where the verdict is not the one that the case wants. The cases of x.yml stand in x.test.yml.
  Exit: 0 all as wanted, 1 some not, 2 usage or an invalid file.`,

  async run(args, terminal) {
    const options = {
      cases: { type: "string" },
      repo: { type: "string" },
      format: { type: "string" },
    } as const;
    const { values, words } = parseOptions("policy test", args, options, { atMost: 1 });
    const format = choice("format", values.format ?? "text", FORMATS);
    const name = words[0] ?? POLICY_PATH;
    const policies = withoutProblems(
      loadPolicies([await namedSource(name, "policy test:")], false),
    );
    const cases = casesOf(await namedSource(values.cases ?? casesBeside(name), "policy test:"));
    await using stack = new AsyncDisposableStack();
    const open = openedOnce(values.repo ?? ".", stack);
    const results: CaseResult[] = [];
    for (const one of cases) results.push(await tried(one, policies, open));
    const failed = results.filter(({ misses }) => misses.length > 0);
    if (format === "json") terminal.out(jsonDocument({ cases: results }));
    else {
      for (const { name: what, misses } of failed) {
        terminal.out(misses.map((miss) => `${terminalText(`${what}: ${miss}`)}\n`).join(""));
      }
      terminal.say(`${results.length - failed.length} of ${results.length} cases as wanted`);
    }
    return failed.length === 0 ? EXIT.ok : EXIT.denied;
  },
};

/** `.github/bailiff.yml` → `.github/bailiff.test.yml` */
function casesBeside(name: string): string {
  const beside = name.replace(/\.(ya?ml)$/i, ".test.$1");
  if (beside !== name) return beside;
  throw new UsageError(`policy test: ${name} has no cases beside it`, "name them with --cases");
}

function casesOf(source: PolicySource): readonly PolicyCase[] {
  const read = parseCaseFile(source);
  if ("cases" in read) return read.cases;
  throw new UsageError(read.problems.map(problemText).join("\n"));
}

type Open = () => Promise<Repository>;

/** The repository of cases that are about a range; others need none. */
function openedOnce(directory: string, stack: AsyncDisposableStack): Open {
  let opened: Promise<Repository> | undefined;
  return () => (opened ??= openRepository(directory).then((repository) => stack.use(repository)));
}

async function tried(one: PolicyCase, policies: PolicySet, open: Open): Promise<CaseResult> {
  const evidence = evidenceOfFiles(one) ?? (await evidenceOfRange(one, await open(), policies));
  const { origin } = evidence;
  return tryCase(one, factsOfCase(evidence, policies), { policies, origin });
}

async function evidenceOfRange(
  one: PolicyCase,
  repository: Repository,
  { policies }: PolicySet,
): Promise<CaseEvidence> {
  const range = await resolveRange(repository, { base: one.range?.base, head: one.range?.head });
  const run = { name: "policy test", repositoryId: null, at: new Date(0) };
  const change = openChangeSource({ repository });
  const evidence = await localEvidence(change, localAction(range, run), policies);
  return { ...evidence, ...surroundingsOfCase(one, evidence.listing.head) };
}
