import type { Evidence, Judgement } from "../../../rules/evidence.ts";
import { judge } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { openFindings } from "../../../rules/waivers/open-findings.ts";
import type { Waiver } from "../../../rules/waivers/waiver.ts";
import { buildFacts } from "../../../rules/facts/build.ts";
import { changeOf, evidenceOf, type ChangedText, policySource } from "../sample-evidence.ts";

export const REPOSITORY = "7";
export const NOW = "2026-06-15T12:00:00Z";
export const PATH = ".github/workflows/release.yml";
export const GRANTS = `version: 1
policies:
  - id: grants
    decision: DENY
    each: capabilities
    match: { delta: [added, raised] }
    message: "{{item.name}}"
`;

/** What the judged repository and time are, and what policies say of this change. */
export function evidenceUnder(
  text: string,
  files: readonly ChangedText[],
  more: Partial<Evidence> = {},
): Evidence {
  const base = evidenceOf(files, [policySource(text)]);
  return {
    ...base,
    action: { ...base.action, at: NOW },
    repository: { ...base.repository, id: REPOSITORY, defaultTokenPermissions: "read" },
    ...more,
  };
}

/** A waiver of all that the policies' one document finds in these files; `more` replaces parts of it. */
export function waiverOf(
  text: string,
  files: readonly ChangedText[],
  more: Partial<Waiver> = {},
): Waiver {
  const evidence = evidenceUnder(text, files);
  const policyId = evidence.policies.policies[0]?.id ?? "";
  const [open] = openFindings(policyId, {
    policies: evidence.policies.policies,
    facts: buildFacts(evidence),
    listing: changeOf(files).listing,
  });
  return {
    id: "w1",
    source: "record",
    policyId,
    document: loadPolicies([policySource(text)], false).sources[0]?.digest ?? "",
    repositoryId: REPOSITORY,
    commit: "b".repeat(40),
    findings: open?.findings ?? [],
    owner: "bo",
    reason: "until the release is split",
    expires: "2026-07-01T00:00:00Z",
    grantedBy: { login: "ann", proven: false, via: [] },
    at: "2026-06-10T00:00:00Z",
    ...more,
  };
}

export function judged(evidence: Evidence, waivers: readonly Waiver[] | null): Judgement {
  return judge({ ...evidence, external: { ...evidence.external, waivers } });
}
