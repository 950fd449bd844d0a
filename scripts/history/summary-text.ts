import { counted } from "../../report/counted.ts";
import { terminalText } from "../../report/escape/terminal.ts";
import type { KindSummary, PolicySummary, Sample, Summary } from "./summary.ts";

/** One repository's summary for a terminal. */
export function summaryText(summary: Summary): string {
  const { crashed, timedOut, refused, incomplete } = summary;
  const [first] = summary.slowest;
  return [
    headline(summary),
    ...tables(summary),
    `  errors: ${crashed.length} crashed, ${timedOut.length} timed out, ${refused.length} refused, ` +
      `${incomplete} with incomplete evidence`,
    ...troubleLines([...crashed, ...timedOut, ...refused]),
    `  median ${summary.medianMs.toFixed(1)} ms a commit, at most ${(first?.ms ?? 0).toFixed(1)} ms; slowest: ` +
      summary.slowest
        .map(({ commit, ms }) => `${commit.slice(0, 12)} ${ms.toFixed(1)} ms`)
        .join(", "),
    "",
  ].join("\n");
}

/** All repositories together: how often each policy fires, and on what. */
export function totalText(summaries: readonly Summary[]): string {
  const commits = sum(summaries.map((summary) => summary.commits));
  const policies = Map.groupBy(
    summaries.flatMap((summary) => summary.policies),
    ({ policyId, decision }) => `${policyId} ${decision}`,
  );
  const kinds = Map.groupBy(
    summaries.flatMap(({ capabilities }) => capabilities),
    ({ kind }) => kind,
  );
  const lines = tables({
    commits,
    policies: sortedByKey(policies).flatMap(mergedPolicy),
    capabilities: sortedByKey(kinds).flatMap(mergedKind),
  });
  return [`all ${summaries.length} repositories: ${counted(commits, "commit")}`, ...lines, ""].join(
    "\n",
  );
}

/** Where a defect shows is in the first lines of its stack. */
const MAX_WHY = 400;
const DELTAS = ["added", "raised", "lowered", "removed"] as const;

/** One defect often breaks many commits: each is told once, with the first of them. */
function troubleLines(troubles: Summary["crashed"]): string[] {
  const groups = Map.groupBy(troubles, ({ why }) => why);
  return [...groups].map(([why, [first, ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    return `    ${(first?.commit ?? "").slice(0, 12)}${more}  ${terminalText(why.slice(0, MAX_WHY))}`;
  });
}

function headline({ repository, commits, decisions }: Summary): string {
  const { ALLOW, WARN, DENY } = decisions;
  const shares = `${ALLOW} ALLOW, ${WARN} WARN, ${DENY} DENY (${percent(DENY, commits)})`;
  return `${terminalText(repository)}: ${counted(commits, "commit")}, ${shares}`;
}

function tables({
  commits,
  policies,
  capabilities,
}: Pick<Summary, "commits" | "policies" | "capabilities">): string[] {
  return [
    row("policy", ["decision", "commits", "share", "reasons"]),
    ...policies.flatMap((policy) => [
      policyLine(policy, commits),
      ...policy.samples.map(sampleLine),
    ]),
    row("capability", ["commits", ...DELTAS]),
    ...capabilities.map(({ kind, commits: seen, deltas }) =>
      row(kind, [seen, ...DELTAS.map((delta) => deltas[delta] ?? 0)]),
    ),
  ];
}

function policyLine({ policyId, decision, commits, reasons }: PolicySummary, all: number): string {
  return row(policyId, [decision, commits, percent(commits, all), reasons]);
}

function sampleLine({ commit, path, line, message }: Sample): string {
  const place = path === null ? "" : `${path}${line === null ? "" : `:${line}`}`;
  return `      ${commit.slice(0, 12)}  ${terminalText(place)}  ${terminalText(message)}`;
}

function row(name: string, cells: readonly (string | number)[]): string {
  return `  ${name.padEnd(36)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
}

function percent(part: number, all: number): string {
  return `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
}

function sortedByKey<Item>(groups: ReadonlyMap<string, Item>): Item[] {
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

function mergedPolicy(group: readonly PolicySummary[]): PolicySummary[] {
  const [first] = group;
  if (!first) return [];
  const commits = sum(group.map((each) => each.commits));
  const reasons = sum(group.map((each) => each.reasons));
  return [{ ...first, commits, reasons, samples: [] }];
}

function mergedKind(group: readonly KindSummary[]): KindSummary[] {
  const [first] = group;
  if (!first) return [];
  const counted = DELTAS.map((delta) => [
    delta,
    sum(group.map(({ deltas }) => deltas[delta] ?? 0)),
  ]);
  const deltas = Object.fromEntries(counted) as KindSummary["deltas"];
  return [{ ...first, commits: sum(group.map((each) => each.commits)), deltas }];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
