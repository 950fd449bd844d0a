import { visible } from "./visible.ts";

/**
 * A command to GitHub's runner, one line of standard output:
 *
 * `::error file=a.yml,line=3,title=new-permissions::jobs.a: contents read → write`
 *
 * A line break in `message` is kept, encoded; whatever else hides is written out.
 * Source: actions/toolkit `packages/core/src/command.ts`, and the runner's `ActionCommand`.
 */
export function workflowCommand(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  );
  return `::${name} ${written.join(",")}::${message.split("\n").map(escapeLine).join("%0A")}`;
}

function escapeLine(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

// A property ends at a comma, the properties end at a colon.
function escapeProperty(text: string): string {
  return escapeLine(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
