import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import { counted } from "./counted.ts";
import { breakGlassLine } from "./break-glass.ts";
import { visible } from "./escape/visible.ts";
import { cutText } from "./fit.ts";
import { outlineOf } from "./verdict-outline.ts";
import {
  decidingReasons,
  decisionText,
  onRecord,
  openingSection,
  reasonsSection,
  sentence,
} from "./verdict-sections.ts";

/** What a check run shows. `title` is plain text; `summary` and `text` are GitHub's Markdown. */
export interface CheckRunText {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** GitHub's limit of `summary` and of `text`: bytes of UTF-8, whatever its documentation calls them. */
const MAX_BYTES = 65_535;
const MAX_TITLE_BYTES = 255;

/** A verdict as a check run shows it; `record` is null where the repository has no ledger. */
export function verdictMarkdown(judgement: Judgement, record: PlacedRecord | null): CheckRunText {
  const outline = outlineOf(judgement);
  return {
    title: verdictTitle(judgement),
    summary: openingSection(decisionText(outline), {
      reasons: decidingReasons(outline),
      last: record === null ? NO_LEDGER : onRecord(record),
      maxBytes: MAX_BYTES,
    }),
    text: reasonsSection(judgement, { record, linkOf: () => null, maxBytes: MAX_BYTES }),
  };
}

const NO_LEDGER =
  "Verdicts are **not recorded** in this repository: it has no ledger. An administrator starts one with `bailiff ledger init`.";

/** A verdict in a line of plain text: `Denied by new-permissions`. */
export function verdictTitle(judgement: Judgement): string {
  const { decision, simulation, settled } = outlineOf(judgement);
  const breakGlass = breakGlassLine(judgement);
  if (breakGlass !== null) return titleOf(visible(breakGlass));
  const policies = decidingPolicies(judgement);
  const allowed =
    settled.length > 0 ? `allowed, ${counted(settled.length, "reason")} settled` : "allowed";
  const said = {
    DENY: `denied by ${policies}`,
    WARN: `allowed with warnings from ${policies}`,
    ALLOW: allowed,
  }[decision];
  return titleOf(simulation ? `Simulation, not enforced: would be ${said}` : sentence(said));
}

/** The policies behind a decision, with commas: of a denial those that deny, not those that warn. */
export function decidingPolicies(judgement: Judgement): string {
  const outline = outlineOf(judgement);
  const told = new Set(decidingReasons(outline).map(({ policyId }) => policyId));
  // Of reasons that are only counted nobody knows the policy.
  const ids = judgement.verdict.policyIds.filter((id) => outline.omitted > 0 || told.has(id));
  return visible(ids.join(", "));
}

/** `text` as long as a title may be. */
export function titleOf(text: string): string {
  return cutText(text, MAX_TITLE_BYTES);
}
