import type { Capability } from "../capability.ts";
import { compareBytes } from "../../change/path-order.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import type { DataNode } from "../data/data-node.ts";
import type { Trigger, Workflow } from "./workflow.ts";

export const TRIGGER_KIND = "github.workflow.trigger";

/**
 * Events that people without write access cause and that yet run with this repository's token
 * and secrets, in lower case, each with who causes it.
 *
 * Source: docs.github.com, "Events that trigger workflows". Absent on purpose: `pull_request`
 * and the `pull_request_review*` events, which give forks a token that only reads and no secrets.
 */
export const PRIVILEGED_EVENTS: readonly string[] = [
  "discussion", // whoever opens a discussion
  "discussion_comment", // whoever answers a discussion
  "fork", // whoever forks
  "gollum", // whoever may edit the wiki, on some repositories everybody
  "issue_comment", // whoever comments on an issue or pull request
  "issues", // whoever opens an issue
  "pull_request_comment", // as issue_comment
  "pull_request_target", // whoever opens a pull request, whose code a job may then check out
  "watch", // whoever stars
  "workflow_run", // a run of another workflow, with artifacts that a pull request made
];

/** Whether an event lets outsiders start a run that has this repository's token and secrets, however its case is spelt. */
export function isPrivileged(event: string): boolean {
  return PRIVILEGED_EVENTS.includes(event.toLowerCase());
}

/**
 * The events that start a workflow, one capability each, held by `on`.
 *
 * `context` shows the event's filters. `reach` has them as conditions where outsiders cause the
 * event: fewer or other ones let more of them in. The holder's content is what the event would run: the
 * workflow less its triggers, name and grants, so that a privileged event that one workflow
 * loses is never a free one for another.
 */
export function readTriggers(workflow: Workflow): Capability[] {
  const content = workflowContent(workflow);
  return workflow.triggers.map((trigger) => ({
    kind: TRIGGER_KIND,
    name: trigger.name,
    holder: "on",
    context: trigger.filters ? printable(showFilters(trigger.filters)) : "unfiltered",
    level: isPrivileged(trigger.name) ? "privileged" : "ordinary",
    line: trigger.line,
    endLine: trigger.endLine,
    certainty: "exact",
    reach: isPrivileged(trigger.name) ? [wayOf(trigger)] : [],
    holderContent: contentDigest(content, filterText(trigger)),
  }));
}

function workflowContent({ root, jobs }: Workflow): string {
  const settings = canonicalText(root, ["jobs", "name", "on", "permissions"]);
  return contentDigest(settings, ...jobs.map(({ content }) => content).sort());
}

function filterText({ filters }: Trigger): string {
  return filters ? canonicalText(filters) : "";
}

function wayOf(trigger: Trigger): Way {
  return { ...wayTo("trigger", trigger.line), conditions: conditionsOf(trigger).sort() };
}

// A filter that is empty holds nobody back.
function conditionsOf({ filters }: Trigger): string[] {
  if (filters?.type !== "map") return filters ? [contentDigest(canonicalText(filters))] : [];
  return filters.entries
    .filter(({ value }) => value.type !== "scalar" || value.text !== "")
    .map(({ key, value }) => contentDigest(key.text, ...alternativesOf(value)));
}

// One text is a list of one. The order counts only where a pattern takes back what one before it gave.
function alternativesOf(value: DataNode): string[] {
  const items = value.type === "list" ? value.items : [value];
  const texts = items.map((item) => (item.type === "scalar" ? item.text : canonicalText(item)));
  return texts.some((text) => text.startsWith("!")) ? texts : texts.sort(compareBytes);
}

// `branches main, next; types opened`: short, sorted, for people.
function showFilters(filters: DataNode): string {
  if (filters.type === "scalar") return filters.text;
  if (filters.type === "list") return filters.items.map(showFilters).join(", ");
  return filters.entries
    .map(({ key, value }) => `${key.text} ${showFilters(value)}`.trim())
    .sort()
    .join("; ");
}
